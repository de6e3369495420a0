"""The marks of a text tell the kind of what stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Kind
from quotekit.kinds import kind_of
from quotekit.quotations import find_quotations
from quotekit.spans import Span


def span(text: str, part: str) -> Span:
    """Where `part` stands."""
    return Span(text.index(part), text.index(part) + len(part))


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“It is late,” she said.", ["“It is late,”"], Kind.DIRECT),
        ("“It is late,” she said. “We go.”", ["“It is late,”", "“We go.”"], Kind.DIRECT),
        ("She said it was “late”.", ["it was “late”."], Kind.MIXED),
        ("She said it was late.", ["it was late."], Kind.INDIRECT),
        ("“He told me that it rains.”", ["that it rains"], Kind.INDIRECT),
        ("“He told me ‘it rains’ then.”", ["‘it rains’"], Kind.DIRECT),
    ],
)
def test_the_marks_tell_the_kind(text, content, kind):
    """All, some or nothing of a content stands between quotation marks."""
    assert kind_of(text, [span(text, part) for part in content], find_quotations(text)) is kind


@given(st.text(alphabet="ab “”\"'.,\n", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_any_span_has_a_kind(text, a, b):
    """Whatever stretch of whatever text is asked about, there is an answer."""
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert kind_of(text, [Span(start, end)], find_quotations(text)) in Kind
