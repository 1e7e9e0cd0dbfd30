// SPDX-License-Identifier: Apache-2.0
// generate_schemas DIRECTORY: writes <kind>.schema.json of every kind there. The committed schemas are its output.
#include <uonaco/io/kinds.hpp>

#include <cstdio>
#include <fstream>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: generate_schemas DIRECTORY\n", stderr);
        return 3;
    }
    bool good = true;
    uonaco::io::for_each_kind(
        [&]<class T>() {
            const std::string path =
                std::string(argv[1]) + "/" + std::string(uonaco::reflect::name_of<T>) + ".schema.json";
            std::ofstream file(path, std::ios::binary);
            file << uonaco::io::schema<T>();
            file.close();
            if (file) return;
            std::fprintf(stderr, "%s cannot be written\n", path.c_str());
            good = false;
        },
        uonaco::io::kinds{});
    return good ? 0 : 4;
}
