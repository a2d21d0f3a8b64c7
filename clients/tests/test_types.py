"""beacon-client.d.ts fits what people write. The compiler is the one that the dashboard is built with."""
import pathlib
import subprocess
import unittest

CLIENTS = pathlib.Path(__file__).resolve().parent.parent
MODULES = CLIENTS.parent / "ui" / "node_modules"
COMPILER = MODULES / ".bin" / "tsc"


class TypeTests(unittest.TestCase):
    @unittest.skipUnless(COMPILER.exists(), "the dashboard's packages are not installed")
    def test_the_types_of_the_Node_client_hold(self):
        compiled = subprocess.run(
            [str(COMPILER), "--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2023,dom", "--typeRoots", str(MODULES / "@types"),
             "--types", "node", str(CLIENTS / "node" / "test" / "types.mts")], capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual((0, ""), (compiled.returncode, compiled.stdout))


if __name__ == "__main__":
    unittest.main()
