// SPDX-License-Identifier: Apache-2.0
// generate_schemas DIRECTORY: writes of every kind <kind>.schema.json there, and <kind>.txt, the same as a tree to read. The committed
// ones are its output.
#include <uonaco/io/kinds.hpp>

#include <cstdio>
#include <fstream>

namespace {

using json = nlohmann::ordered_json;

/// 0.25, 1e12, 1e-6
std::string number(const json& x) {
    if (x.is_number_integer() && x.get<double>() >= 0x1p53) return x.dump(); // a double has not all its digits
    char digits[32];
    std::string text(digits, std::to_chars(digits, digits + sizeof digits, x.get<double>()).ptr);
    const std::size_t e = text.find('e');
    if (e == text.npos) return text;
    text.replace(e, text[e + 1] == '+' ? 2 : 1, "e");
    if (const std::size_t zero = text.find_first_of("0", e); zero != text.npos && zero + 1 < text.size())
        text.erase(zero, 1);
    return text;
}

/// " [0 .. 1]", an open end where a bound is excluded: " (0 .. 1]".
std::string bounds(const json& s) {
    std::string low, high;
    if (s.contains("minimum")) low = "[" + number(s.at("minimum"));
    if (s.contains("exclusiveMinimum")) low = "(" + number(s.at("exclusiveMinimum"));
    if (s.contains("maximum")) high = number(s.at("maximum")) + "]";
    if (s.contains("exclusiveMaximum")) high = number(s.at("exclusiveMaximum")) + ")";
    if (low.empty() && high.empty()) return {};
    std::string text = " " + (low.empty() ? "(" : low) + " .. " + (high.empty() ? ")" : high);
    if (s.contains("not")) text += " or 0, from " + number(s.at("not").at("exclusiveMaximum"));
    return text;
}

/// In the manner of a YANG tree: a name, ? where it may be absent, * for lists, its type, bounds and unit.
struct tree {
    const json& definitions;
    std::string text;

    void members(const json& record, const std::string& indent) {
        const json none = json::array();
        const json& required = record.contains("required") ? record.at("required") : none;
        std::size_t left = record.at("properties").size();
        for (const auto& [name, member] : record.at("properties").items()) {
            const bool needed = std::count(required.begin(), required.end(), name) > 0;
            one(name, member, indent, --left == 0, needed);
        }
        if (!record.contains("oneOf")) return;
        text += indent + "   exactly one of";
        for (const json& choice : record.at("oneOf")) text += " " + choice.at("required").at(0).get<std::string>();
        text += "\n";
    }
    void one(const std::string& name, const json& member, const std::string& indent, bool last, bool needed) {
        const bool list = member.value("type", "") == "array";
        const json& type = list ? member.at("items") : member;
        const std::size_t before = text.size();
        text += indent + "+-- " + name + (list ? "*" : needed ? "" : "?");
        const std::string inner = indent + (last ? "   " : "|  ");
        if (type.contains("allOf")) {
            const std::string ref = type.at("allOf").at(0).at("$ref");
            const std::string record = ref.substr(ref.rfind('/') + 1);
            text += "\n";
            members(definitions.at(record), inner);
            return;
        }
        text.append(text.size() < before + 40 ? before + 40 - text.size() : 1, ' ');
        text += words(type) + "\n";
    }
    static std::string words(const json& type) {
        if (type.contains("const")) return type.at("const").dump();
        if (type.contains("enum")) {
            std::string all;
            for (const json& name : type.at("enum")) all += (all.empty() ? "" : " | ") + name.get<std::string>();
            return all;
        }
        if (type.value("format", "") == "date-time") return "instant";
        const std::string pattern = type.value("pattern", "");
        if (pattern == uonaco::io::id_pattern) return "id";
        if (!pattern.empty()) return "string " + pattern;
        if (type.contains("additionalProperties")) return "object of strings";
        return type.at("type").get<std::string>() + bounds(type) +
               (type.contains("x-unit") ? " " + type.at("x-unit").get<std::string>() : "");
    }
};

std::string tree_of(const std::string& schema) {
    const json s = json::parse(schema);
    const json none = json::object();
    tree t{s.contains("definitions") ? s.at("definitions") : none, {}};
    t.text = s.at("title").get<std::string>() + ": " + s.at("description").get<std::string>() + "\n";
    t.members(s, "  ");
    return t.text;
}

bool write(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file) std::fprintf(stderr, "%s cannot be written\n", path.c_str());
    return static_cast<bool>(file);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: generate_schemas DIRECTORY\n", stderr);
        return 3;
    }
    bool good = true;
    uonaco::io::for_each_kind(
        [&]<class T>() {
            const std::string path = std::string(argv[1]) + "/" + std::string(uonaco::reflect::name_of<T>);
            const std::string schema = uonaco::io::schema<T>();
            good = write(path + ".schema.json", schema) && write(path + ".txt", tree_of(schema)) && good;
        },
        uonaco::io::kinds{});
    return good ? 0 : 4;
}
