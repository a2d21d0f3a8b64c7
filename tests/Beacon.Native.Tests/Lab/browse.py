"""Resolves one service type with python-zeroconf and prints each instance as a line of JSON; ends after SECONDS or the first find of NAME."""
import json
import sys
import time

from zeroconf import IPVersion, ServiceBrowser, Zeroconf

service_type, name, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
found = []


class Listener:
    def add_service(self, zeroconf, kind, instance):
        info = zeroconf.get_service_info(kind, instance, 3000)
        if info is None:
            return
        properties = {k.decode(): (v or b"").decode() for k, v in info.properties.items()}
        print(json.dumps({"name": instance, "addresses": info.parsed_addresses(), "port": info.port,
                          "server": info.server, "properties": properties}), flush=True)
        found.append(instance)

    def update_service(self, *_):
        pass

    def remove_service(self, *_):
        pass


zeroconf = Zeroconf(ip_version=IPVersion.V4Only)
browser = ServiceBrowser(zeroconf, service_type, Listener())
end = time.time() + seconds
while time.time() < end and not any(x.startswith(name) for x in found):
    time.sleep(0.05)
zeroconf.close()
