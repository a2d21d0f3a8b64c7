"""compose-environment.py FILE SERVICE [NAME=VALUE…]: the environment that compose gives to a service, one NAME=VALUE a line, with those variables set."""

import re
import sys

import yaml


def resolve(text, variables):
    def value(match):
        name, operator, default = match["name"], match["operator"], match["default"]
        if variables.get(name):
            return variables[name]
        if operator == ":-":
            return default
        sys.exit(f"{name} {default or 'is not set'}")

    return re.sub(r"\$\{(?P<name>\w+)(?P<operator>:[-?])?(?P<default>[^}]*)\}", value, text)


with open(sys.argv[1], encoding="utf-8") as file:
    settings = yaml.safe_load(file)["services"][sys.argv[2]]["environment"]
given = dict(pair.split("=", 1) for pair in sys.argv[3:])
for key, setting in settings.items():
    print(f"{key}={resolve(str(setting), given)}")
