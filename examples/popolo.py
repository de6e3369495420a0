"""Make a registry from Popolo JSON, ask it who held a post, and read two articles of different years with it."""

import json
import tempfile
from pathlib import Path

import quotekit

POPOLO = {
    "persons": [
        {"id": "adeyemi", "name": "Grace Adeyemi", "gender": "female"},
        {"id": "lindqvist", "name": "Per Lindqvist", "other_names": [{"name": "Per A. Lindqvist"}]},
    ],
    "organizations": [
        {"id": "health", "name": "Ministry of Health", "other_names": [{"name": "MoH"}], "parent_id": "ellery"},
        {"id": "ellery", "name": "Government of Ellery", "other_names": [{"name": "Ellery"}]},
    ],
    "posts": [{"id": "minister", "label": "Health Minister", "organization_id": "health"}],
    "memberships": [
        {"person_id": "adeyemi", "post_id": "minister", "start_date": "2016-05", "end_date": "2019-01"},
        {"person_id": "lindqvist", "post_id": "minister", "start_date": "2019-02-01"},
    ],
}


def main() -> None:
    """Load, ask, read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ellery.json"
        path.write_text(json.dumps(POPOLO), encoding="utf-8")
        registry = quotekit.Registry.load(path)

    for date in ("2017-06-01", "2021", "2019", "2010"):
        candidates = registry.resolve("the health minister", date=date)
        print(date, [(c.speaker.name, round(c.score, 2)) for c in candidates] or "nobody held the post")

    text = "The hospital will be ready by spring, the health minister said. “It is late,” the minister admitted."
    for date in ("2017-06-01", "2021-06-01"):
        document = quotekit.attribute(text, date=date, registry=registry)
        print(date, [a.speaker.name if a.speaker else None for a in document.attributions])


if __name__ == "__main__":
    main()
