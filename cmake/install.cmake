# SPDX-License-Identifier: Apache-2.0
# Everything is independent of the architecture, so it goes to share/ and include/, never to lib/.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_DATADIR}/cmake/uonaco")
set(pc_dir "${CMAKE_INSTALL_DATADIR}/pkgconfig")

# One export set a component: a missing Boost does not break the core.
foreach(component IN LISTS uonaco_components)
    install(TARGETS uonaco_${component} EXPORT uonaco-${component} FILE_SET HEADERS)
    install(EXPORT uonaco-${component} NAMESPACE uonaco:: FILE uonaco-${component}-targets.cmake
            DESTINATION "${package_dir}")
endforeach()
configure_package_config_file(cmake/uonaco-config.cmake.in uonaco-config.cmake INSTALL_DESTINATION "${package_dir}"
                              NO_CHECK_REQUIRED_COMPONENTS_MACRO NO_SET_AND_CHECK_MACRO)
# While the major version is 0 a new minor version may break its users.
write_basic_package_version_file(uonaco-config-version.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES "${PROJECT_BINARY_DIR}/uonaco-config.cmake" "${PROJECT_BINARY_DIR}/uonaco-config-version.cmake"
              cmake/uonaco-needs.cmake DESTINATION "${package_dir}")

# The prefix is found from where the file lies, so an installed tree may be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}/${pc_dir}"
           OUTPUT_VARIABLE from_pc_to_prefix)
configure_file(cmake/uonaco.pc.in uonaco.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/uonaco.pc" DESTINATION "${pc_dir}")

install(DIRECTORY schemas/ DESTINATION "${CMAKE_INSTALL_DATADIR}/uonaco/schemas" OPTIONAL FILES_MATCHING PATTERN "*.json" PATTERN "*.txt")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DATADIR}/licenses/uonaco")
