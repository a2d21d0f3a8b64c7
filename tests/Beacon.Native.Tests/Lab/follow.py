"""Follows one service type with python-zeroconf and prints what it learns, a line of JSON each. argv: TYPE FAMILY, FAMILY being 4 or 6."""
import json
import sys
import time

from zeroconf import IPVersion, ServiceBrowser, Zeroconf

service_type = sys.argv[1] + ".local."
version = IPVersion.V6Only if sys.argv[2] == "6" else IPVersion.V4Only


def instance(name):
    return name[: -len(service_type) - 1]


class Listener:
    def add_service(self, zeroconf, kind, name):
        info = zeroconf.get_service_info(kind, name, 3000)
        if info is None:
            print(json.dumps({"event": "unresolved", "name": instance(name)}), flush=True)
            return
        txt = {k.decode(): (v or b"").decode() for k, v in info.properties.items()}
        addresses = [x.split("%")[0] for x in info.parsed_addresses()]
        print(json.dumps({"event": "there", "name": instance(name), "addresses": addresses, "port": info.port, "txt": txt}), flush=True)

    update_service = add_service

    def remove_service(self, _, __, name):
        print(json.dumps({"event": "gone", "name": instance(name)}), flush=True)


zeroconf = Zeroconf(ip_version=version)
browser = ServiceBrowser(zeroconf, service_type, Listener())
print(json.dumps({"event": "ready", "name": ""}), flush=True)
while True:
    time.sleep(60)
