"""Publishes a service with python-zeroconf and prints the name it got, as JSON. argv: TYPE NAME PORT ADDRESS HOSTNAME"""
import json
import socket
import sys
import time

from zeroconf import IPVersion, ServiceInfo, Zeroconf

service_type, name, port, address, host = sys.argv[1] + ".local.", sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5]
zeroconf = Zeroconf(ip_version=IPVersion.V4Only)
info = ServiceInfo(service_type, f"{name}.{service_type}", addresses=[socket.inet_aton(address)], port=port, server=host + ".local.")
zeroconf.register_service(info, allow_name_change=True)
print(json.dumps({"name": info.name[: -len(service_type) - 1]}), flush=True)
while True:
    time.sleep(60)
