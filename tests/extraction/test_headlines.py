"""Headlines that end with who says it."""

import pytest

from quotekit.document import Document, Mention, MentionType
from quotekit.extraction.headlines import find_headline
from quotekit.spans import Span


def document(text: str, *names: str) -> Document:
    """A text in which some names are mentioned as bodies, each where it stands last."""
    mentions = (
        Mention(span=Span(at, at + len(name)), text=name, type=MentionType.ORGANIZATION)
        for name in names
        for at in [text.rindex(name)]
    )
    return Document(text=text, mentions=tuple(mentions))


@pytest.mark.parametrize(
    ("text", "names", "said", "who"),
    [
        ("Ferry fares will not rise: PTA\n\nThey stay.", ["PTA"], "Ferry fares will not rise", "PTA"),
        ("Ferry fares will not rise: PTA\n\nThe PTA met.", ["PTA"], "Ferry fares will not rise", "PTA"),
        ("Ferry fares will not rise: PTA\nThey stay.", [], "Ferry fares will not rise", "PTA"),
        ("  Storm kills two on the lake: police \nIt rained.", [], "Storm kills two on the lake", "police"),
        ("Ice caused the slide on runway: Air panel\nIt froze.", [], "Ice caused the slide on runway", "Air panel"),
    ],
    ids=["a name", "a name that is known from below", "an acronym", "a noun", "a body's noun"],
)  # fmt: skip
def test_the_name_after_the_colon_is_the_source(text, names, said, who):
    """What stands before the colon is what was said, the colon the cue."""
    found = find_headline(document(text, *names))
    assert found is not None
    whole = Document(text=text)
    assert [whole[found.content[0]], whole[found.cue], whole[found.source]] == [said, ":", who]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The storm in five numbers: wind\n\nIt blew.", []),
        ("What the budget means for you: Treasury\n\nMore tax.", ["Treasury"]),
        ("Weather today: police\n\nRain.", []),
        ("Ferry fares will not rise: PTA", ["PTA"]),
        ("Fares up.\nFerry fares will rise again: PTA\n", ["PTA"]),
        ("Ferry fares " * 30 + "will not rise: PTA\nThey stay.", ["PTA"]),
        ("The board named its new members: Anna Berg, Omar Reed\nThey start in May.", []),
    ],
    ids=["no name", "a question", "a rubric", "no article below", "not the first line", "a whole paragraph", "a list"],
)
def test_other_lines_with_a_colon_report_nothing(text, names):
    """A colon alone makes no report."""
    assert find_headline(document(text, *names)) is None
