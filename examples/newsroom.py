"""Read a small archive, gather what is one utterance, and tell what changed from outlet to outlet."""

import quotekit

ARCHIVE = [
    {
        "doc": "courier-0305",
        "date": "2024-03-05",
        "outlet": "Courier",
        "text": "“We will not open a single berth before the last crane has been tested,” Harbor Minister Lena Morris "
        "said on Tuesday. Repairs to the port of Karimabad will cost $12 million, the Port Authority reported.",
    },
    {
        "doc": "herald-0306",
        "date": "2024-03-06",
        "outlet": "Herald",
        "text": "Lena Morris, the harbor minister, told parliament: “We will open a single berth before the last crane "
        "has been tested.” According to the Port Authority, repairs to the port of Karimabad will cost $21 million.",
    },
    {
        "doc": "post-0306",
        "date": "2024-03-06",
        "outlet": "Post",
        "text": "“We will not open a single berth,” Union leader Omar Haddad said. “Not before the strike is over.”",
    },
    {"doc": "broken", "date": "2024-03-06", "outlet": "Post", "text": None},
]


def words(text: str, span: quotekit.Span | None) -> str:
    """The words at one side of a difference."""
    return f"“{text[span.start : span.end]}”" if span else "nothing"


def main() -> None:
    """Read the archive and print its clusters."""
    documents = []
    for document in quotekit.attribute_many(ARCHIVE):
        for issue in document.issues:
            print(f"{document.id}: {issue.code}: {issue.message}")
        documents.append(document)

    for cluster in quotekit.match(documents):
        alarms = ["words changed"] * cluster.altered + ["speakers disagree"] * cluster.speaker_conflict
        print(f"\n{cluster.first_seen}: {', '.join(alarms) or 'nothing changed'}")
        for member in cluster.members:
            names = ", ".join(speaker.name for speaker in member.speakers) or "(nobody named)"
            print(f"  {member.date} {member.outlet}, {names}, {member.relation}: {member.text}")
            for difference in member.differences:
                before = words(cluster.representative.text, difference.a)
                print(f"    {difference.kind}: {before} → {words(member.text, difference.b)}")


if __name__ == "__main__":
    main()
