// SPDX-License-Identifier: Apache-2.0
// Nodes of Kubernetes (`kubectl get nodes -o json`, or `kubectl get nodes,pods -A -o json`) to compute pools, and back. docs/adapt/kubernetes.md
// says what becomes what, and what is lost.
#pragma once

#include "device_names.hpp"
#include "foreign_object.hpp"
#include "node_pools.hpp"
#include "quantity.hpp"

namespace uonaco::inline UONACO_ABI::adapt {

struct kubernetes_options {
    std::string site{}; ///< where all nodes are; empty: each zone of a topology label is a site
    io::load_options load{};
};

namespace detail {

/// An extended resource whose units are devices, and the labels that say which. API core/v1; device plugins and labellers of the vendors.
struct device_resource {
    const char* name = "";
    uonaco::device_type type = uonaco::device_type::gpu;
    const char* product[3] = {}; ///< the first that is there
    const char* memory = nullptr;
    double memory_unit = 0; ///< SI; of a label with a digit string, and 'G' behind it where it is a GiB
};
inline constexpr double mebibyte = 8.0 * 1048576, gibibyte = units::kinds::gibibyte;
/// 2^27, 128 TiB: no device has as much; as bytes, which labels were in documents of the GPU operator for OpenShift, it is 128 MiB.
inline constexpr double too_many_mebibytes = 134217728;
inline constexpr const char* gke_accelerator = "cloud.google.com/gke-accelerator";
inline constexpr device_resource device_resources[] = {
    // k8s-device-plugin and GPU feature discovery of NVIDIA: gpu.memory is NVML's bytes / 2^20
    {"nvidia.com/gpu",
     device_type::gpu,
     {"nvidia.com/gpu.product", gke_accelerator},
     "nvidia.com/gpu.memory",
     mebibyte},
    // the same shared by time slicing or MPS and renamed
    {"nvidia.com/gpu.shared",
     device_type::gpu,
     {"nvidia.com/gpu.product", gke_accelerator},
     "nvidia.com/gpu.memory",
     mebibyte},
    // ROCm/k8s-device-plugin and its node labeller: vram is bytes / 2^30, rounded, with a 'G'
    {"amd.com/gpu",
     device_type::gpu,
     {"amd.com/gpu.product-name", "beta.amd.com/gpu.product-name"},
     "amd.com/gpu.vram",
     gibibyte},
    {"gpu.intel.com/i915", device_type::gpu},
    {"gpu.intel.com/xe", device_type::gpu},
    {"google.com/tpu", device_type::tpu, {"cloud.google.com/gke-tpu-accelerator"}},
    {"habana.ai/gaudi", device_type::accelerator},
};
inline constexpr const char* mig_prefix = "nvidia.com/mig-"; ///< slices of GPUs by MIG strategy `mixed`

inline const device_resource* find_device_resource(std::string_view name) {
    for (const device_resource& d : device_resources)
        if (name == d.name) return &d;
    return nullptr;
}
inline bool starts_with(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

inline bool counts_devices(std::string_view resource) {
    return find_device_resource(resource) != nullptr || starts_with(resource, mig_prefix);
}

inline constexpr const char* pool_annotation = "uonaco.dev/pool";
inline constexpr const char* model_annotation = "uonaco.dev/model";
inline constexpr const char* site_annotation = "uonaco.dev/site";
inline constexpr const char* size_annotation =
    "uonaco.dev/devices-per-node"; ///< of a node that has fewer, where no label says so
inline constexpr const char* zone_label = "topology.kubernetes.io/zone";
inline constexpr const char* region_label = "topology.kubernetes.io/region";

/// A text as the value of a label: at most 63 letters, digits, '-', '_' and '.', the first and last a letter or digit.
inline std::string label_value(std::string_view text) {
    const auto alphanumeric = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    std::string v;
    for (const char c : text.substr(0, 63)) v += alphanumeric(c) || c == '-' || c == '_' || c == '.' ? c : '-';
    while (!v.empty() && !alphanumeric(v.back())) v.pop_back();
    while (!v.empty() && !alphanumeric(v.front())) v.erase(v.begin());
    return v;
}
/// As the name of a node: a DNS subdomain.
inline std::string node_name(std::string_view text) {
    std::string v = label_value(text);
    for (char& c : v) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '_' || c == '.' ? '-' : c;
    return v.empty() ? "pool" : v;
}
/// The resource that devices are counted in if nothing says otherwise; null where there is none.
inline const char* usual_resource(uonaco::device_type type, std::string_view model) {
    switch (type) {
    case device_type::gpu:
        return starts_with(model, "MI") || starts_with(model, "AMD") ? "amd.com/gpu" : "nvidia.com/gpu";
    case device_type::tpu: return "google.com/tpu";
    case device_type::accelerator: return "habana.ai/gaudi";
    default: return nullptr;
    }
}

/// Reads the items of a list, nodes first or last.
class kubernetes_reader {
  public:
    kubernetes_reader(const kubernetes_options& options, translated<estate>& t)
        : options_(options), t_(t), pools_(t.result) {}

    void document(const foreign_object& o) {
        const std::string kind = o.text("kind");
        if (kind == "Node") return node(o);
        list_ = "/items";
        if (kind != "List" && kind != "NodeList") {
            o.problems().report(
                io::problem_level::schema, io::place(o.at(), "kind"), "\"List\", \"NodeList\" or \"Node\"",
                o.has("kind") ? io::describe(o.find("kind")) : "nothing", "as kubectl get nodes -o json prints it");
            return;
        }
        left_.rest_of(o, "list", {"apiVersion", "kind", "items"});
        if (!o.require("items", "a list of nodes")) return;
        o.each_object("items", "a Kubernetes object", [&](const foreign_object& item) {
            const std::string of = item.has("kind") ? item.text("kind") : "Node";
            if (of == "Node")
                node(item);
            else if (of == "Pod")
                pod(item);
            else
                said_once(of, item.at().pointer(), 1);
        });
    }
    /// Once all is read: what is free, and what was passed over.
    void finish() {
        for (const device_count& d : counts_) {
            long long taken = 0;
            const auto of = taken_.find(d.node);
            if (of != taken_.end()) {
                const auto known = of->second.find(d.resource);
                if (known != of->second.end()) taken = known->second;
            }
            const long long left = d.allocatable > taken ? d.allocatable - taken : 0;
            if (d.usable) pools_.set_free(d.row, left / d.share);
        }
        for (const auto& [name, pointer] : pods_)
            if (nodes_.count(name) == 0)
                t_.losses.push_back({pointer, "a pod on node \"" + name + "\", which is not here"});
        if (!any_pod_ && !counts_.empty())
            t_.losses.push_back(
                {list_, "there are no pods: what they take is not known, and all that is allocatable counts as free"});
        for (const auto& [name, seen] : passed_over_)
            t_.losses.push_back(
                {seen.first, name + " (" + std::to_string(seen.second) + " times): pools hold accelerators only"});
        left_.tell(t_.losses, "no pool has a place for it");
    }

  private:
    using texts = std::map<std::string, std::string, std::less<>>;
    struct device_count {
        std::string node, resource;
        std::size_t row;
        long long allocatable, share;
        bool usable;
    };

    static texts read_texts(const foreign_object& o, std::string_view key, const char* what) {
        texts all;
        o.within(key, what, [&](const foreign_object& labels) {
            for (const io::value v : labels.value()) {
                if (v.is(io::json_kind::string))
                    all.emplace(v.key(), v.text());
                else if (!v.is(io::json_kind::null))
                    (void)labels.text(v.key());
            }
        });
        return all;
    }
    static std::string get(const texts& all, const char* key) {
        if (key == nullptr) return {};
        const auto at = all.find(std::string_view(key));
        return at == all.end() ? std::string() : at->second;
    }
    void said_once(const std::string& what, const std::string& pointer, long long times) {
        auto& seen = passed_over_.emplace(what, std::pair<std::string, long long>(pointer, 0)).first->second;
        seen.second += times;
    }

    /// A number of devices: a quantity, spelled as a string or a number.
    static maybe<long long> devices(io::reader& r, const io::place& at, io::value v) {
        std::string found;
        if (v.is(io::json_kind::string)) {
            const auto q = resource_quantity::parse(v.text());
            if (q && q->is_whole() && (!q->negative() || q->whole() == 0) &&
                static_cast<double>(q->whole()) <= units::most_counted)
                return q->covering();
            if (!q) found = io::describe(v) + ": " + q.error();
        } else if (v.is_number() && v.number() >= 0 && v.number() <= units::most_counted &&
                   v.number() == math::floor(v.number())) {
            return static_cast<long long>(v.number());
        } else if (v.is(io::json_kind::unreadable)) {
            return {};
        }
        r.report(io::problem_level::schema, at, "a whole number of devices, as \"8\"",
                 found.empty() ? io::describe(v) : found);
        return {};
    }
    void node(const foreign_object& o) {
        std::string name;
        texts labels, annotations;
        left_.rest_of(o, "node", {"apiVersion", "kind", "metadata", "spec", "status"});
        o.require("metadata", "the metadata of a node");
        o.within("metadata", "the metadata of a node", [&](const foreign_object& m) {
            m.require("name", "the name of the node");
            name = m.text("name");
            labels = read_texts(m, "labels", "the labels of a node");
            annotations = read_texts(m, "annotations", "the annotations of a node");
            left_.rest_of(m, "node's metadata part", {"name", "labels", "annotations"});
            if (const io::value v = m.find("labels"); v && v.is(io::json_kind::object))
                m.within("labels", "", [&](const foreign_object& all) { rest_of_labels(all); });
            if (const io::value v = m.find("annotations"); v && v.is(io::json_kind::object))
                m.within("annotations", "", [&](const foreign_object& all) {
                    left_.rest_of(all, "annotation list",
                                  {pool_annotation, model_annotation, site_annotation, size_annotation});
                });
            if (!name.empty() && !nodes_.insert(name).second)
                o.problems().report(io::problem_level::semantic, io::place(m.at(), "name"), "each node once",
                                    "\"" + name + "\" a second time");
        });
        std::string taints, closed;
        o.within("spec", "the spec of a node", [&](const foreign_object& spec) {
            left_.rest_of(spec, "node's spec part", {"unschedulable", "taints"});
            if (spec.flag("unschedulable").value_or(false)) closed = "cordoned";
            spec.each_object("taints", "a taint", [&](const foreign_object& t) { taint(t, taints, closed); });
        });
        o.within("status", "the status of a node", [&](const foreign_object& status) {
            left_.rest_of(status, "node's status part", {"conditions", "capacity", "allocatable"});
            status.each_object("conditions", "a condition of a node", [&](const foreign_object& c) {
                const std::string state = c.text("status"), type = c.text("type");
                if (type == "Ready" && state != "True") closed = "not ready";
                if (type == "Ready")
                    left_.rest_of(c, "Ready condition", {"type", "status"});
                else
                    left_.rest_of(c, "further condition", {});
            });
            std::map<std::string, long long> capacity, allocatable;
            const bool stated = status.has("allocatable");
            read_devices(status, "capacity", capacity, true);
            read_devices(status, "allocatable", allocatable, false);
            long long all = 0;
            for (const auto& [resource, n] : capacity) {
                const auto known = allocatable.find(resource);
                const long long open = known != allocatable.end() ? known->second : stated ? 0 : n;
                if (open > n) {
                    const io::place at(status.at(), "allocatable");
                    o.problems().report(io::problem_level::semantic, io::place(at, resource), "at most the capacity",
                                        std::to_string(open));
                    continue;
                }
                all += n;
                add(o, status.at(), name, resource, n, open, labels, annotations, taints, closed.empty());
            }
            if (!closed.empty() && all > 0)
                t_.losses.push_back(
                    {o.at().pointer(), closed + ": its devices are not free, and that this may pass is not carried"});
        });
    }

    /// What labels say that no product, memory, number or place is read from.
    void rest_of_labels(const foreign_object& all) {
        for (const io::value v : all.value()) {
            const std::string_view key = v.key();
            bool read = false;
            for (const char* known :
                 {zone_label, region_label, "failure-domain.beta.kubernetes.io/zone",
                  "failure-domain.beta.kubernetes.io/region", "nvidia.com/gpu.count", "nvidia.com/gpu.replicas"})
                read = read || key == known;
            for (const device_resource& d : device_resources) {
                read = read || (d.memory && key == d.memory);
                for (const char* product : d.product) read = read || (product && key == product);
            }
            for (const std::string_view tail : {".memory", ".replicas"})
                read = read || (starts_with(key, mig_prefix) && key.ends_with(tail));
            if (!read) left_.member(all, "label list", key);
        }
    }

    void taint(const foreign_object& t, std::string& taints, std::string& closed) {
        left_.rest_of(t, "taint", {"key", "value", "effect"});
        const std::string key = t.text("key"), value = t.text("value"), effect = t.text("effect");
        // Well-known taints of the control plane: nothing new is placed there, whatever it tolerates by itself.
        constexpr const char* passing[] = {"node.kubernetes.io/", "node.cloudprovider.kubernetes.io/",
                                           "ToBeDeletedByClusterAutoscaler", "DeletionCandidateOfClusterAutoscaler"};
        for (const char* p : passing)
            if (starts_with(key, p)) {
                if (effect != "PreferNoSchedule" && closed.empty()) closed = key;
                return;
            }
        if (!taints.empty()) taints += ',';
        taints += key;
        if (!value.empty()) (taints += '=') += value;
        (taints += ':') += effect;
    }

    void read_devices(const foreign_object& status, const char* key, std::map<std::string, long long>& found,
                      bool tell) {
        status.within(key, "resources by name", [&](const foreign_object& resources) {
            for (const io::value v : resources.value()) {
                const std::string_view name = v.key();
                if (counts_devices(name)) {
                    if (v.is(io::json_kind::null)) continue;
                    const io::place at(resources.at(), name);
                    const auto n = devices(resources.problems(), at, v);
                    if (n) found.emplace(name, *n);
                } else if (tell && name != "pods" && !starts_with(name, "attachable-volumes-")) {
                    said_once(std::string(name), io::place(resources.at(), name).pointer(), 1);
                } else {
                    left_.member(resources, tell ? "capacity list" : "allocatable list", name);
                }
            }
        });
    }

    /// The whole number before `unit`, if there is one, that a label is.
    static maybe<double> label_number(std::string_view text, char unit) {
        if (unit != '\0') {
            if (text.empty() || text.back() != unit) return {};
            text.remove_suffix(1);
        }
        if (text.empty() || text.size() > 15) return {};
        double x = 0;
        for (const char c : text) {
            if (c < '0' || c > '9') return {};
            x = x * 10 + (c - '0');
        }
        return x;
    }
    maybe<double> count_label(const foreign_object& o, const texts& labels, const std::string& key, char unit = '\0') {
        const std::string text = get(labels, key.c_str());
        if (text.empty()) return {};
        const auto x = label_number(text, unit);
        if (!x) {
            const io::place metadata(o.at(), "metadata"), list(metadata, "labels");
            o.problems().report(io::problem_level::schema, io::place(list, key),
                                std::string("a whole number of at most 15 digits") + (unit != '\0' ? " and 'G'" : ""),
                                io::describe(o.find("metadata").find("labels").find(key)));
        }
        return x;
    }

    void add(const foreign_object& o, const io::place& status, const std::string& node, const std::string& resource,
             long long capacity, long long open, const texts& labels, const texts& annotations,
             const std::string& taints, bool usable) {
        const device_resource* known = find_device_resource(resource);
        const bool slices = known == nullptr;
        if (slices) known = find_device_resource("nvidia.com/gpu");
        std::string product;
        for (const char* key : known->product)
            if (product.empty()) product = get(labels, key);
        const std::string pool = get(annotations, pool_annotation);
        if (capacity == 0 && product.empty() && pool.empty()) return; // a plugin that has found nothing
        // Time slicing and MPS multiply a resource by what its own label says, and may rename it.
        constexpr std::string_view shared_name = ".shared";
        std::string own = resource;
        if (slices && own.size() > shared_name.size() && own.ends_with(shared_name))
            own.resize(own.size() - shared_name.size());
        const std::string replicas_label = (slices ? own : "nvidia.com/gpu") + ".replicas";
        if (capacity == 0 && own == resource && (slices || resource == "nvidia.com/gpu") &&
            !get(labels, replicas_label.c_str()).empty())
            return; // renamed

        alike_devices d;
        long long share = 1;
        if (starts_with(resource, "nvidia.com/")) {
            const auto replicas = count_label(o, labels, replicas_label);
            if (replicas && *replicas > 1) {
                share = static_cast<long long>(*replicas);
                t_.losses.push_back({o.at().pointer(), "each device of " + resource + " is shared by " +
                                                           std::to_string(share) +
                                                           ": devices are counted, not their shares"});
            }
            constexpr std::string_view shared = "-SHARED";
            if (product.size() > shared.size() && product.substr(product.size() - shared.size()) == shared)
                product.resize(product.size() - shared.size());
        }
        if (slices) product += (product.empty() ? "MIG-" : "-MIG-") + own.substr(std::string_view(mig_prefix).size());
        d.device_type = known->type;
        d.model = get(annotations, model_annotation);
        if (d.model.empty()) d.model = model_called(product);
        const auto memory = slices ? count_label(o, labels, own + ".memory")
                            : known->memory
                                ? count_label(o, labels, known->memory, known->memory_unit == gibibyte ? 'G' : '\0')
                                : maybe<double>();
        if (memory && *memory >= too_many_mebibytes && known->memory_unit == mebibyte) {
            const io::place metadata(o.at(), "metadata"), list(metadata, "labels");
            t_.losses.push_back({io::place(list, slices ? own + ".memory" : std::string(known->memory)).pointer(),
                                 "more MiB than any device has, bytes perhaps: not known then"});
        } else if (memory && *memory > 0) { // 0: the driver does not say
            const double si = *memory * known->memory_unit;
            if (si / gibibyte > units::magnitude_of<units::kinds::memory>().most) {
                const io::place metadata(o.at(), "metadata"), list(metadata, "labels");
                o.problems().report(io::problem_level::schema,
                                    io::place(list, slices ? own + ".memory" : std::string(known->memory)),
                                    "less than 10^9 GiB", "more");
                return;
            }
            d.memory = units::memory::from_si(si);
        }
        const auto in_machine = slices ? maybe<double>() : count_label(o, labels, "nvidia.com/gpu.count");
        const bool nvidia = starts_with(resource, "nvidia.com/gpu");
        const maybe<double> annotated = label_number(get(annotations, size_annotation), '\0');
        if (annotated && *annotated >= 1 && *annotated <= units::most_counted)
            d.devices_per_node = static_cast<long long>(*annotated);
        else if (nvidia && in_machine && *in_machine >= 1 && *in_machine <= units::most_counted)
            d.devices_per_node = static_cast<long long>(*in_machine);
        else if (!slices && capacity / share >= 1)
            d.devices_per_node = capacity / share;

        const std::string zone = zone_of(labels);
        d.site = options_.site;
        if (d.site.empty()) d.site = get(annotations, site_annotation);
        if (d.site.empty()) d.site = zone;
        if (d.site.empty()) {
            const io::place metadata(o.at(), "metadata"), list(metadata, "labels");
            o.problems().report(io::problem_level::semantic, io::place(list, zone_label),
                                "the zone of a node with devices", "nothing", "or say at which site all nodes are");
            return;
        }
        d.pool = !pool.empty() ? pool : (zone.empty() ? d.site : zone) + "/" + (product.empty() ? resource : product);
        if (!zone.empty() && zone != label_value(d.site)) d.labels.set("zone", zone);
        if (!taints.empty()) d.labels.set("taints", taints);
        const char* usual = usual_resource(d.device_type, d.model);
        if (usual == nullptr || resource != usual) d.labels.set("resource", resource);
        if (!product.empty() && product != label_value(d.model)) d.labels.set("product", product);

        site& home = t_.result.sites[pools_.site_row(d.site)];
        std::string region = get(labels, region_label);
        if (region.empty()) region = get(labels, "failure-domain.beta.kubernetes.io/region");
        if (!region.empty() && home.meta.labels.find("region") == nullptr) home.meta.labels.set("region", region);

        const std::size_t row = pools_.row(d);
        if (!pools_.add(row, capacity / share)) {
            const io::place at(status, "capacity");
            o.problems().report(io::problem_level::semantic, io::place(at, resource), "at most 10^12 devices in a pool",
                                "more");
            return;
        }
        counts_.push_back({node, resource, row, open, share, usable});
    }
    static std::string zone_of(const texts& labels) {
        const std::string zone = get(labels, zone_label);
        return !zone.empty() ? zone : get(labels, "failure-domain.beta.kubernetes.io/zone"); // before Kubernetes 1.17
    }

    void pod(const foreign_object& o) {
        any_pod_ = true;
        std::string phase;
        o.within("status", "the status of a pod", [&](const foreign_object& s) { phase = s.text("phase"); });
        if (phase == "Succeeded" || phase == "Failed") return; // holds nothing any more
        o.within("spec", "the spec of a pod", [&](const foreign_object& spec) {
            const std::string node = spec.text("nodeName");
            if (node.empty()) return; // holds nothing yet
            // All containers at once, or the greatest of those before, each beside the sidecars that were started by then.
            std::map<std::string, long long> sum, sidecars, peak;
            spec.each_object("containers", "a container", [&](const foreign_object& c) { requests(c, sum); });
            spec.each_object("initContainers", "a container", [&](const foreign_object& c) {
                if (c.text("restartPolicy") == "Always") return requests(c, sidecars);
                std::map<std::string, long long> own = sidecars;
                requests(c, own);
                for (const auto& [resource, n] : own) {
                    long long& most = peak[resource];
                    if (n > most) most = n;
                }
            });
            for (const auto& [resource, n] : sidecars) sum[resource] += n;
            for (const auto& [resource, n] : peak) {
                long long& most = sum[resource];
                if (n > most) most = n;
            }
            if (sum.empty()) return;
            for (const auto& [resource, n] : sum) taken_[node][resource] += n;
            pods_.emplace(node, o.at().pointer());
        });
    }
    /// Of extended resources, requests and limits are the same, and either may stand alone.
    static void requests(const foreign_object& container, std::map<std::string, long long>& sum) {
        container.within("resources", "the resources of a container", [&](const foreign_object& r) {
            r.within(r.has("requests") && r.find("requests").size() > 0 && any_device(r.find("requests")) ? "requests"
                                                                                                          : "limits",
                     "resources by name", [&](const foreign_object& list) {
                         for (const io::value v : list.value()) {
                             if (!counts_devices(v.key()) || v.is(io::json_kind::null)) continue;
                             const auto n = devices(list.problems(), io::place(list.at(), v.key()), v);
                             if (n) sum[std::string(v.key())] += *n;
                         }
                     });
        });
    }
    static bool any_device(io::value list) {
        if (!list.is(io::json_kind::object)) return true; // and is refused
        for (const io::value v : list)
            if (counts_devices(v.key())) return true;
        return false;
    }

    const kubernetes_options& options_;
    translated<estate>& t_;
    node_pools pools_;
    std::set<std::string> nodes_{};
    std::vector<device_count> counts_{};
    std::map<std::string, std::map<std::string, long long>> taken_{};
    std::map<std::string, std::string> pods_{}; ///< node and the first pod on it
    std::map<std::string, std::pair<std::string, long long>> passed_over_{};
    passed_over_members left_{};
    bool any_pod_ = false;
    std::string list_{}; ///< where nodes are
};

/// Writes the nodes of pools.
class kubernetes_writer {
  public:
    explicit kubernetes_writer(const estate& e) : e_(e), nodes_(e) {}

    translated<std::string> list() {
        io::document& d = d_;
        d.open_object();
        d.key("apiVersion").string("v1");
        d.key("kind").string("List");
        d.key("items").open_array();
        const io::place root, pools(root, "pools");
        for (std::size_t i = 0; i < e_.pools.size(); ++i) pool(io::place(pools, i), e_.pools[i]);
        d.close();
        d.close();
        lose_sites(lost_, e_, {foreign_ids::label, "region"});
        lost_.all_but({"sites", "pools"}, e_);
        t_.result = io::to_text(d);
        return std::move(t_);
    }

  private:
    void pool(const io::place& at, const compute_pool& p) {
        const auto label = [&](const char* key) {
            const std::string* l = p.meta.labels.find(key);
            return l ? *l : std::string();
        };
        std::string resource = label("resource");
        if (!counts_devices(resource)) {
            const char* usual = usual_resource(p.device_type, p.model);
            if (usual == nullptr) {
                t_.losses.push_back({at.pointer(), "\"" + p.id.text + "\", " + std::to_string(p.total_count) +
                                                       " devices of type " + to_string(p.device_type) +
                                                       ": Kubernetes has no resource for them"});
                return;
            }
            resource = usual;
        }
        const bool slices = starts_with(resource, mig_prefix);
        const device_resource* known = find_device_resource(slices ? "nvidia.com/gpu" : resource);

        compute_pool carried;
        carried.id = p.id;
        carried.site = p.site;
        carried.device_type = known ? known->type : p.device_type;
        carried.model = p.model;
        carried.total_count = p.total_count;
        carried.free_count = p.free_count;
        const bool has_product = known && known->product[0] && !p.model.empty();
        for (const char* key : {foreign_ids::label, "resource", "taints", "zone", has_product ? "product" : "zone"})
            if (const std::string* l = p.meta.labels.find(key)) carried.meta.labels.set(key, *l);

        std::vector<std::pair<std::string, std::string>> labels, annotations;
        const std::string name = nodes_.pool_name(p);
        annotations.emplace_back(pool_annotation, name);
        std::string product = has_product ? label("product") : "";
        if (product.empty() && has_product) product = label_value(p.model);
        bool named = p.model.empty() || (has_product && model_called(product) == p.model);
        if (slices) { // the label names the whole device
            const std::string tail = "-MIG-" + resource.substr(std::string_view(mig_prefix).size());
            if (product.size() > tail.size() && product.substr(product.size() - tail.size()) == tail)
                product.resize(product.size() - tail.size());
            else
                product.clear(), named = false;
        }
        if (!named) annotations.emplace_back(model_annotation, p.model);
        if (!product.empty()) labels.emplace_back(known->product[0], label_value(product));
        if (p.memory && known && known->memory) {
            const double n = math::floor(p.memory->si() / known->memory_unit + 0.5);
            if (n >= 1 && n < (known->memory_unit == mebibyte ? too_many_mebibytes : 1e15)) {
                std::string text;
                io::append_number(text, n);
                if (known->memory_unit == gibibyte) text += 'G';
                labels.emplace_back(slices ? resource + ".memory" : std::string(known->memory), text);
                carried.memory = units::memory::from_si(n * known->memory_unit);
            }
        }

        const std::string home = nodes_.site_name(p);
        std::string zone = label("zone");
        if (zone.empty()) zone = home;
        zone = label_value(zone);
        if (zone != home) annotations.emplace_back(site_annotation, home);
        if (!zone.empty()) labels.emplace_back(zone_label, zone);
        if (const site* s = nodes_.site_of(p))
            if (const std::string* region = s->meta.labels.find("region")) labels.emplace_back(region_label, *region);

        const long long all = p.total_count > 0 ? p.total_count : 1;
        const auto split = nodes_.divide(at, p, slices ? all : p.devices_per_node.value_or(all), t_.losses);
        const long long each = split.each;
        if (!slices) {
            carried.devices_per_node = each;
            if (starts_with(resource, "nvidia.com/gpu"))
                labels.emplace_back("nvidia.com/gpu.count", std::to_string(each));
            else if (p.total_count == 0 || p.total_count % each != 0)
                annotations.emplace_back(size_annotation, std::to_string(each));
            pool_nodes::lose_size(at, p, t_.losses);
        }
        lost_.compare(at, p, carried);
        nodes_.each_node(split, p, node_name(name), [&](const std::string& n, long long here, long long open) {
            node(n, resource, here, open, labels, annotations, label("taints"));
        });
    }

    using pairs = std::vector<std::pair<std::string, std::string>>;
    void texts(const char* key, const pairs& all) {
        d_.key(key).open_object();
        for (const auto& [k, v] : all) d_.key(k).string(v);
        d_.close();
    }
    void node(const std::string& name, const std::string& resource, long long capacity, long long open,
              const pairs& labels, const pairs& annotations, const std::string& taints) {
        io::document& d = d_;
        d.open_object();
        d.key("apiVersion").string("v1");
        d.key("kind").string("Node");
        d.key("metadata").open_object();
        d.key("name").string(name);
        texts("labels", labels);
        texts("annotations", annotations);
        d.close();
        d.key("spec").open_object();
        if (!taints.empty()) {
            d.key("taints").open_array();
            for (std::size_t at = 0; at <= taints.size();) {
                const std::size_t end = std::min(taints.find(',', at), taints.size());
                taint(taints.substr(at, end - at));
                at = end + 1;
            }
            d.close();
        }
        d.close();
        d.key("status").open_object();
        for (const auto& [key, n] : {std::pair<const char*, long long>{"capacity", capacity}, {"allocatable", open}}) {
            d.key(key).open_object();
            d.key(resource).string(resource_quantity(n).to_string());
            d.close();
        }
        d.key("conditions").open_array();
        d.open_object();
        d.key("type").string("Ready");
        d.key("status").string("True");
        d.close();
        d.close();
        d.close();
        d.close();
    }
    void taint(const std::string& text) {
        const std::size_t effect = text.rfind(':'), value = text.find('=');
        d_.open_object();
        d_.key("key").string(text.substr(0, std::min(value, effect)));
        if (value < effect) d_.key("value").string(text.substr(value + 1, effect - value - 1));
        d_.key("effect").string(effect == text.npos ? "" : text.substr(effect + 1));
        d_.close();
    }

    const estate& e_;
    io::document d_{};
    translated<std::string> t_{};
    lost_members lost_{t_.losses, "a Node of Kubernetes has no place for it"};
    pool_nodes nodes_;
};

} // namespace detail

/// Pools of the devices of nodes: those of one model, zone, size of node and set of taints are one. Text is a Node, a NodeList or a List with
/// nodes and, to know what is taken, pods. Sites are zones, or the one of the options. Linear but for look-ups by name.
inline imported<estate> from_kubernetes(std::string_view text, const kubernetes_options& options = {}) {
    return read_foreign<estate>(text, options.load, "a list of Kubernetes", [&](const foreign_object& o, auto& t) {
        detail::kubernetes_reader reader(options, t);
        reader.document(o);
        reader.finish();
    });
}

/// A List of nodes that has the pools. What is taken is not allocatable there, since a Node cannot say it otherwise. At most 5,000 nodes, so many as
/// a cluster has: pools beyond are one node each.
inline translated<std::string> to_kubernetes(const estate& e) { return detail::kubernetes_writer(e).list(); }

} // namespace uonaco::inline UONACO_ABI::adapt
