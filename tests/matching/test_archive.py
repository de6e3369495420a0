"""What an index keeps of a document comes back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Attribution, Document, Kind
from quotekit.matching.archive import Archive
from quotekit.matching.rows import row_of
from quotekit.matching.versions import Version, filed
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

names = st.text(min_size=1, max_size=8)
known = st.none() | names
speakers = st.builds(
    Speaker, name=names, type=st.sampled_from(SpeakerType), id=known, role=known, organization=known, gender=known
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document with attributions anywhere in it, of any kind and by anybody."""
    text = draw(st.text(max_size=20))
    said = []
    for _ in range(draw(st.integers(0, 3))):
        ends = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        kind, by = draw(st.sampled_from(Kind)), tuple(draw(st.lists(speakers, max_size=2)))
        said.append(Attribution.cut(text, content=[Span(*ends)], kind=kind, speakers=by, score=1.0))
    return Document(id=draw(names), text=text, outlet=draw(known), attributions=tuple(said))


@given(st.lists(documents(), max_size=4))
def test_attributions_come_back(given_documents: list[Document]) -> None:
    """Each by its number through all documents, with all that is known of it."""
    archive, expected = Archive(), list[Version]()
    for document in given_documents:
        printed, versions = filed(document)
        archive.add(printed, [row_of(version) for version in versions])
        expected += versions
    assert archive.documents == len(given_documents)
    assert [_seen(archive.version(number)) for number in range(len(archive))] == [_seen(v) for v in expected]
    assert [printed.doc for printed, _ in archive] == [document.id for document in given_documents]


def _seen(version: Version) -> tuple[object, ...]:
    return (version.printed, version.index, version.content, version.text, version.speakers, version.kind)
