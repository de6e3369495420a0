"""Articles with labels inside the text."""

import pytest

from quotekit.document import Act
from quotekit.errors import InputError
from quotekit.training.markup import read_markup

ARTICLE = """## x-01 | 2023-03-05 | Gulf Courier
{1s,2s:Dr Amina Yusuf} {1c:told} {1t:reporters} {1q:that {3s:the mayor} {3c:had promised} {3q:a bridge}}, {2c:adding}
{2q:it was late}.
@ 1 asserts
@ 2 criticizes negated
"""


def read(tmp_path, text):
    """The articles of a file with this text."""
    path = tmp_path / "articles.txt"
    path.write_text(text, encoding="utf-8")
    return list(read_markup(path))


def test_braces_become_spans(tmp_path):
    """The text has no braces, and every part is where they stood."""
    (article,) = read(tmp_path, ARTICLE)
    first, second, third = (article.attributions[i] for i in (0, 2, 1))
    assert article.text == "Dr Amina Yusuf told reporters that the mayor had promised a bridge, adding\nit was late."
    assert [article.text[s:e] for s, e in first.content + first.target] == [
        "that the mayor had promised a bridge", "reporters"
    ]  # fmt: skip
    assert first.source == second.source == ((0, 14),)
    assert third.parent == 0


def test_acts_are_read(tmp_path):
    """A line of @ gives the act and whether it is negated; without one nothing is known."""
    (article,) = read(tmp_path, ARTICLE)
    assert [(a.act, a.negated) for a in article.attributions] == [
        (Act.ASSERTS, False), (None, False), (Act.CRITICIZES, True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Words without a header", "must open with '## ID"),
        ("## x | someday | Courier\nText", "expected '## ID"),
        ("## x | 2020 | Courier\n{1q:open", "is never closed"),
        ("## x | 2020 | Courier\n{open} {1q:x}", "opens no label"),
        ("## x | 2020 | Courier\n{1q:}", "an empty label"),
        ("## x | 2020 | Courier\n{1s:She} {1c:left}", "has no content"),
        ("## x | 2020 | Courier\n{1s:She} {1s:too} {1q:x}", "in several pieces"),
        ("## x | 2020 | Courier\n{1q:x}\n@ 1 sings", "one of the acts"),
        ("## x | 2020 | Courier\n{1q:x}\n@ 2 asserts", "names attribution 2"),
    ],
)
def test_broken_markup_is_told_with_its_place(tmp_path, text, message):
    """Each mistake has its sentence, with the file and the line of the article."""
    with pytest.raises(InputError, match=message) as error:
        read(tmp_path, text)
    assert "articles.txt:1" in str(error.value)
