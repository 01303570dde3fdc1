# SPDX-License-Identifier: Apache-2.0
"""Tests of the manifests for Kubernetes: the official schemas of several versions, and what the manifests promise each other."""

import copy
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import kubernetes_validate
import yaml

from house import ROOT, poker

FOLDER = ROOT / "Packaging/kubernetes/poker"
# The oldest that knows ReadWriteOncePod and eviction of what is not ready as stable, and the newest.
VERSIONS = ("1.31", "1.37")
LABELS = {"app.kubernetes.io/name": "poker", "app.kubernetes.io/instance": "poker-mainnet"}


def manifest(name: str) -> dict:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text())


KUSTOMIZATION = manifest("kustomization")
NAMES = [name.removesuffix(".yaml") for name in KUSTOMIZATION["resources"]] + ["secret.example"]
STATEFUL = manifest("statefulset")
POD = STATEFUL["spec"]["template"]["spec"]
KEEPER = POD["containers"][0]


def faults_of_monitor(monitor: dict) -> list:
    """What is wrong with a ServiceMonitor, by the operator's reference of monitoring.coreos.com/v1, as far as ours goes."""
    faults = []

    def check(place: str, value, kinds: dict, required=()):
        if not isinstance(value, dict):
            faults.append(f"{place}: not an object")
            return
        faults.extend(f"{place}.{name}: unknown" for name in value if name not in kinds)
        faults.extend(f"{place}.{name}: missing" for name in required if name not in value)
        faults.extend(f"{place}.{name}: not {kinds[name].__name__}" for name in value
                      if name in kinds and not isinstance(value[name], kinds[name]))

    check("", monitor, {"apiVersion": str, "kind": str, "metadata": dict, "spec": dict}, ("apiVersion", "kind", "metadata", "spec"))
    spec = monitor.get("spec", {})
    check("spec", spec, {"selector": dict, "namespaceSelector": dict, "endpoints": list, "jobLabel": str, "targetLabels": list},
          ("selector", "endpoints"))
    check("spec.selector", spec.get("selector", {}), {"matchLabels": dict, "matchExpressions": list})
    check("spec.namespaceSelector", spec.get("namespaceSelector", {}), {"any": bool, "matchNames": list})
    for endpoint in spec.get("endpoints", []):
        check("spec.endpoints", endpoint, {"port": str, "path": str, "scheme": str, "interval": str, "scrapeTimeout": str, "honorLabels": bool},
              ("port",))
        if endpoint.get("scheme") not in (None, "http", "https"):
            faults.append("spec.endpoints.scheme: neither http nor https")
    return faults


class Schemas(unittest.TestCase):
    """Against the schemas that come with kubernetes-validate."""

    def test_every_manifest_is_what_the_official_schemas_say(self):
        for name in NAMES:
            if name == "servicemonitor":
                continue
            for version in VERSIONS:
                with self.subTest(name, version=version):
                    kubernetes_validate.validate(manifest(name), version, strict=True)

    def test_the_schemas_do_find_faults(self):
        for change in (lambda spec: spec.update(replica=1), lambda spec: spec.update(replicas="one"), lambda spec: spec.pop("template")):
            broken = copy.deepcopy(STATEFUL)
            change(broken["spec"])
            with self.assertRaises(kubernetes_validate.ValidationError):
                kubernetes_validate.validate(broken, VERSIONS[0], strict=True)

    def test_the_service_monitor_is_what_its_operator_expects(self):
        monitor = manifest("servicemonitor")
        self.assertEqual(faults_of_monitor(monitor), [])
        broken = copy.deepcopy(monitor)
        broken["spec"]["endpoints"][0]["ports"] = broken["spec"]["endpoints"][0].pop("port")
        del broken["spec"]["selector"]
        self.assertEqual(len(faults_of_monitor(broken)), 3)

    def test_every_file_is_in_the_kustomization_but_the_secret(self):
        files = {file.stem for file in FOLDER.glob("*.yaml")}
        self.assertEqual(files, set(NAMES) | {"kustomization"})
        self.assertNotIn("secret.example.yaml", KUSTOMIZATION["resources"])


class One(unittest.TestCase):
    """Never two at once, and nothing lost."""

    def test_one_pod_at_a_time_with_a_store_that_stays(self):
        spec = STATEFUL["spec"]
        self.assertEqual((STATEFUL["kind"], spec["replicas"]), ("StatefulSet", 1))
        self.assertEqual(spec["updateStrategy"], {"type": "RollingUpdate"}, "of a single pod: the old one goes first")
        self.assertEqual(spec["podManagementPolicy"], "Parallel", "a way back does not wait for a pod that is never ready")
        self.assertEqual(set(spec["persistentVolumeClaimRetentionPolicy"].values()), {"Retain"})
        self.assertEqual(spec["volumeClaimTemplates"][0]["spec"]["accessModes"], ["ReadWriteOncePod"])
        self.assertGreaterEqual(POD["terminationGracePeriodSeconds"], 30)

    def test_a_machine_can_be_emptied(self):
        budget = manifest("poddisruptionbudget")["spec"]
        self.assertEqual((budget["maxUnavailable"], budget["unhealthyPodEvictionPolicy"]), (1, "AlwaysAllow"))

    def test_everything_means_the_same_pod(self):
        labels = STATEFUL["spec"]["template"]["metadata"]["labels"]
        service = manifest("service")
        for selector in (STATEFUL["spec"]["selector"]["matchLabels"], service["spec"]["selector"],
                         manifest("networkpolicy")["spec"]["podSelector"]["matchLabels"],
                         manifest("poddisruptionbudget")["spec"]["selector"]["matchLabels"]):
            self.assertEqual(selector, LABELS)
            self.assertLessEqual(selector.items(), labels.items())
        self.assertLessEqual(manifest("servicemonitor")["spec"]["selector"]["matchLabels"].items(), service["metadata"]["labels"].items())
        self.assertEqual(STATEFUL["spec"]["serviceName"], service["metadata"]["name"])
        self.assertEqual(POD["serviceAccountName"], manifest("serviceaccount")["metadata"]["name"])
        namespaces = {manifest(name)["metadata"].get("namespace", manifest(name)["metadata"]["name"]) for name in NAMES}
        self.assertEqual(namespaces, {KUSTOMIZATION["namespace"]})

    def test_the_image_is_that_of_these_sources(self):
        version = subprocess.run([ROOT / "scripts/version"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        image = KUSTOMIZATION["images"][0]
        self.assertEqual((image["name"], image["newTag"]), (KEEPER["image"], version))


class Watched(unittest.TestCase):
    """Probes and metrics."""

    def test_an_outage_of_the_nodes_restarts_nothing(self):
        self.assertEqual(KEEPER["livenessProbe"]["httpGet"]["path"], "/healthz")
        self.assertEqual(KEEPER["startupProbe"]["httpGet"]["path"], "/healthz")
        self.assertEqual(KEEPER["readinessProbe"]["httpGet"]["path"], "/readyz")

    def test_all_speak_of_one_port(self):
        ports = {port["name"]: port["containerPort"] for port in KEEPER["ports"]}
        self.assertEqual(ports, {"ops": 7300})
        for probe in ("livenessProbe", "startupProbe", "readinessProbe"):
            self.assertIn(KEEPER[probe]["httpGet"]["port"], ports)
        service = manifest("service")["spec"]["ports"][0]
        self.assertEqual((service["name"], service["targetPort"]), ("ops", "ops"))
        self.assertEqual(manifest("servicemonitor")["spec"]["endpoints"][0]["port"], service["name"])
        self.assertEqual(configuration()["ops"]["listen"], "0.0.0.0:7300")
        self.assertEqual([port["port"] for rule in manifest("networkpolicy")["spec"]["ingress"] for port in rule["ports"]], [7300])

    def test_metrics_of_a_keeper_that_is_not_ready_are_read_too(self):
        self.assertTrue(manifest("service")["spec"]["publishNotReadyAddresses"])


class Closed(unittest.TestCase):
    """What the profile "restricted" of the pod security standards asks for, and more."""

    def test_the_pod_may_do_nothing_but_its_work(self):
        pod, own = POD["securityContext"], KEEPER["securityContext"]
        self.assertTrue(pod["runAsNonRoot"] and pod["runAsUser"] > 0 and pod["fsGroup"] == pod["runAsGroup"])
        self.assertEqual(pod["seccompProfile"], {"type": "RuntimeDefault"})
        self.assertEqual((own["allowPrivilegeEscalation"], own["privileged"], own["readOnlyRootFilesystem"]), (False, False, True))
        self.assertEqual(own["capabilities"], {"drop": ["ALL"]})
        self.assertEqual((POD["automountServiceAccountToken"], manifest("serviceaccount")["automountServiceAccountToken"]), (False, False))
        self.assertFalse({"hostNetwork", "hostPID", "hostIPC"} & set(POD))
        self.assertFalse([volume for volume in POD["volumes"] if "hostPath" in volume])
        self.assertEqual(manifest("namespace")["metadata"]["labels"]["pod-security.kubernetes.io/enforce"], "restricted")

    def test_secrets_are_files_and_never_in_the_environment(self):
        self.assertFalse({"env", "envFrom"} & set(KEEPER))
        volume = next(volume for volume in POD["volumes"] if volume["name"] == "secrets")
        self.assertEqual(volume["secret"]["defaultMode"], 0o400)
        self.assertEqual(volume["secret"]["secretName"], manifest("secret.example")["metadata"]["name"])
        place = next(mount for mount in KEEPER["volumeMounts"] if mount["name"] == "secrets")["mountPath"]
        held = manifest("secret.example")["stringData"]
        self.assertEqual(set(held.values()), {"…"}, "no value of a secret stands in the repository")
        used = {path.removeprefix(place + "/") for path in files(configuration())}
        self.assertEqual(used, set(held), "the configuration reads what the secret holds")

    def test_only_names_nodes_and_receivers_are_reached(self):
        policy = manifest("networkpolicy")["spec"]
        self.assertEqual(set(policy["policyTypes"]), {"Ingress", "Egress"})
        out = {(port["protocol"], port["port"]) for rule in policy["egress"] for port in rule["ports"]}
        self.assertEqual(out, {("UDP", 53), ("TCP", 53), ("TCP", 443), ("TCP", 8545)})
        for rule in policy["ingress"]:
            self.assertTrue(rule["from"], "nobody comes in without being named")


class Configuration(unittest.TestCase):
    """The configuration in the ConfigMap."""

    def test_the_command_reads_what_is_mounted(self):
        self.assertEqual(KEEPER["args"], ["run", "--config", "/etc/keeperkit/keeper.yaml"])
        self.assertIn({"name": "configuration", "mountPath": "/etc/keeperkit", "readOnly": True}, KEEPER["volumeMounts"])
        mounts = [mount["mountPath"] for mount in KEEPER["volumeMounts"] if not mount.get("readOnly")]
        self.assertIn(str(Path(configuration()["store"]).parent), mounts, "the store lies where the pod may write")

    @unittest.skipUnless(poker().exists(), "needs a built poker: swift build --product poker")
    def test_the_poker_takes_it(self):
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        (folder / "keeper.yaml").write_text(manifest("configmap")["data"]["keeper.yaml"])
        done = subprocess.run([poker(), "config", "check", "--config", folder / "keeper.yaml"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={})
        self.assertEqual(done.returncode, 0, done.stdout)


def configuration() -> dict:
    return yaml.safe_load(manifest("configmap")["data"]["keeper.yaml"])


def files(value) -> list:
    """What all keys that end in File name."""
    if isinstance(value, list):
        return [name for member in value for name in files(member)]
    if not isinstance(value, dict):
        return []
    return [name for key, member in value.items() for name in ([member] if key.endswith("File") else files(member))]


if __name__ == "__main__":
    unittest.main()
