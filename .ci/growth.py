"""Compares the instructions that callgrind counted for each stage at n and at 4n."""

import re
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])
# Four times the text may be five times the work, and no more.
MOST = 5.0
# Below this many instructions, what is counted is the constant part.
LEAST = 100_000


def counts():
    """The instructions of each measured call, in order."""
    numbered = [(int(file.suffix[1:]), file) for file in FOLDER.glob("counts.*") if file.suffix[1:].isdigit()]
    for _, file in sorted(numbered):
        text = file.read_text()
        if "Trigger: --dump-after" in text:
            yield int(re.search(r"^(?:summary|totals): (\d+)", text, re.M).group(1))


def main():
    rows = [line.split("\t") for line in (FOLDER / "list").read_text().split("\n") if line]
    found = list(counts())
    assert len(found) == len(rows), f"{len(found)} counts for {len(rows)} calls"
    by_case = {}
    for (stage, size, seed), count in zip(rows, found):
        by_case.setdefault((stage, seed), {})[int(size)] = count
    ratios = []
    for (stage, seed), both in by_case.items():
        small, large = (both[size] for size in sorted(both))
        ratios.append((large / max(small, LEAST / 5), stage, seed, small, large))
    ratios.sort(reverse=True)
    worst = {}
    for ratio, stage, seed, *_ in ratios:
        worst.setdefault(stage, (ratio, seed))
    for stage, (ratio, seed) in worst.items():
        print(f"{stage:28} {ratio:5.2f}  worst at {seed}")
    over = [row for row in ratios if row[0] > MOST and row[4] > LEAST]
    for ratio, stage, seed, small, large in over:
        print(f"error: {stage} on {seed}: {small} instructions, then {large}: {ratio:.2f} times", file=sys.stderr)
    print(f"{len(ratios)} cases, {len(over)} that grow too fast")
    sys.exit(1 if over else 0)


main()
