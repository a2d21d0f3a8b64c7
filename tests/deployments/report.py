"""Runs a file's unittest tests and ends with the line that eng/deploy.sh reads."""

import sys
import unittest


class Result(unittest.TextTestResult):
    def addSuccess(self, test):
        super().addSuccess(test)
        print(f"  ok    {test._testMethodName}")


def main():
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=0, resultclass=Result).run(
        unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    )
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    passed = result.testsRun - failed - len(result.skipped)
    print(f"{passed} passed, {failed} failed, {len(result.skipped)} skipped", flush=True)
    sys.exit(0 if failed == 0 and passed > 0 else 1)
