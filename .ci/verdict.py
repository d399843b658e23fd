"""What the reports of all modules say together: ends with 1 if a test failed or a kind of test did not run."""

import glob
import sys
import xml.etree.ElementTree as xml

KINDS = ("timescale", "browser")

ran = dict.fromkeys(KINDS, 0)
left_out, unstable, failed = [], [], []
total = 0
for report in glob.glob("**/target/surefire-reports/TEST-*.xml", recursive=True):
    for case in xml.parse(report).getroot().iter("testcase"):
        total += 1
        name = case.get("classname", "") + "." + case.get("name", "")
        skipped = case.find("skipped") is not None
        for kind in KINDS:
            if kind in name.lower():
                ran[kind] += not skipped
                if skipped:
                    left_out.append(name)
        # a class that could not begin has a case without a method, with the error in it
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(name)
        elif case.find("flakyFailure") is not None or case.find("flakyError") is not None:
            unstable.append(name)

for kind, number in ran.items():
    print(f"{number} tests with {kind} ran")
for title, names in (
    ("Unstable (failed once, then succeeded)", unstable),
    ("Left out, though they must run", left_out),
    ("Failed", failed),
):
    if names:
        print(f"{title}:", *sorted(names), sep="\n  ")
print(f"{total} tests, {len(failed)} failed, {len(unstable)} unstable")
sys.exit(bool(failed or left_out or not total or not all(ran.values())))
