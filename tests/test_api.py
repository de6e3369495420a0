"""The public contract, on the real model."""

import datetime
import io
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import quotekit
from quotekit import Attributor, Document, InputError, ModelError, resolution
from quotekit.analysis.pack import BUNDLED
from quotekit.analysis.sentences import bundled_pipeline
from quotekit.extraction import sections

ARTICLE = (
    "Bridge to stay closed\n\nThe old bridge will stay closed until May, said Anna Berg, the mayor of Lund. "
    "“We looked at every bolt,” she said. “Half of them were rust.”\n\nOfficials at the transport ministry said that "
    "the work would cost two million euros."
)
NASTY = [
    "", " ", "\n", "x", "“", "\x00", "\ud800", "a\ud83d said “b\udc00”", "\r\n\r\nHe said:\r\n“Go”\r\n", "\t“\t”\t",
    "قال الوزير «نعم» أمس", "他说：「你好」",
    "👩‍👩‍👧 said “👍🏽”", "\u202e“abc” he said", "İ said “ǅ”", "'" * 8, "“”" * 40,
]  # fmt: skip


def spans_of(document: Document) -> list[tuple[quotekit.Span, str]]:
    """Every span of a document with the text it is said to cut."""
    found = [(q.span, q.text) for q in document.quotations] + [(m.span, m.text) for m in document.mentions]
    for a in document.attributions:
        for spans, text in ((a.content, a.text), (a.cue, a.cue_text), (a.source, a.source_text)):
            found.append((spans[0], text) if len(spans) == 1 else (quotekit.Span(0, 0), ""))
    return found


def test_an_article_says_who_said_what(attributor):
    """A direct quotation is found with its speaker by full name, and an indirect one with its group."""
    found = attributor.attribute(ARTICLE).attributions
    direct = next(a for a in found if a.kind is quotekit.Kind.DIRECT)
    assert "We looked at every bolt" in direct.text
    assert direct.speaker is not None
    assert direct.speaker.name == "Anna Berg"
    indirect = next(a for a in found if "two million" in a.text)
    assert (indirect.cue_text, indirect.kind) == ("said", quotekit.Kind.INDIRECT)
    assert indirect.speaker is not None
    assert indirect.speaker.type is quotekit.SpeakerType.GROUP


def test_a_split_quotation_is_one_attribution(attributor):
    """“…,” she said. “…”: both parts are one content."""
    split = next(a for a in attributor.attribute(ARTICLE).attributions if "every bolt" in a.text)
    assert len(split.content) == 2
    assert "rust" in split.text


def test_what_is_given_comes_back(attributor):
    """Id, date, outlet and title stand on the document; a date object is written as text."""
    document = attributor.attribute("Hello.", date=datetime.date(2018, 2, 24), outlet="Dawn", title="T", doc_id="7")
    given_back = (document.id, document.date, document.outlet, document.title, document.text)
    assert given_back == ("7", "2018-02-24", "Dawn", "T", "Hello.")


def test_the_functions_are_the_attributors(attributor):
    """`quotekit.attribute` gives what an `Attributor` gives."""
    assert quotekit.attribute(ARTICLE, date="2018") == attributor.attribute(ARTICLE, date="2018")


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_give_documents_whose_spans_cut_them(attributor, text):
    """Whatever the characters, offsets are those of the text given."""
    document = attributor.attribute(text)
    assert document.text == text
    assert all(text[span.slice] == cut for span, cut in spans_of(document))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
@example("He said “yes” and " * 5)
def test_any_text_gives_a_document(attributor, text):
    """Nothing is raised for any text, and every span cuts it."""
    document = attributor.attribute(text)
    assert all(text[span.slice] == cut for span, cut in spans_of(document))
    assert all(0 <= a.score <= 1 for a in document.attributions)


@pytest.mark.parametrize("text", [None, 7, b"bytes", ["a"], {"text": 7}])
def test_what_is_no_text_is_refused_by_name(attributor, text):
    """The message says what is taken and what came."""
    with pytest.raises(InputError, match=r"expected a str or a stanza\.Document that has its text, got"):
        attributor.attribute(text)


@pytest.mark.parametrize(
    ("given_fields", "message"),
    [
        ({"date": "yesterday"}, "YYYY-MM-DD, got 'yesterday'"),
        ({"outlet": 5}, "outlet must be a str or None, got int 5"),
        ({"title": b"t"}, "title must be a str or None"),
    ],
)
def test_wrong_fields_are_refused_by_name(attributor, given_fields, message):
    """Each wrong field has a message of its own."""
    with pytest.raises(InputError, match=message):
        attributor.attribute("Hello.", **given_fields)


def test_a_language_without_a_pack_is_refused():
    """The message names the languages that ship."""
    with pytest.raises(InputError, match="lang='xx'; quotekit ships: en"):
        Attributor(lang="xx")


@pytest.mark.parametrize("workers", [1, 2])
def test_many_articles_have_a_language_too(workers):
    """Wherever they are read, one without a pack is refused."""
    with pytest.raises(InputError, match="lang='xx'; quotekit ships: en"):
        list(quotekit.attribute_many(["Hej."], lang="xx", workers=workers))


def test_a_missing_pack_is_refused(tmp_path):
    """The message names the folder and the remedy."""
    with pytest.raises(ModelError, match="no model pack at"):
        Attributor(model=tmp_path)


def test_many_gives_one_document_an_item_in_order(attributor):
    """Texts and mappings, with `doc` or `id`, come back in order, each once."""
    items = [ARTICLE, {"text": "Hello.", "doc": "b", "outlet": "Dawn"}, {"text": "", "id": 3}]
    documents = list(attributor.attribute_many(items))
    assert [(d.id, d.outlet, len(d.text)) for d in documents] == [
        ("", None, len(ARTICLE)),
        ("b", "Dawn", 6),
        ("3", None, 0),
    ]
    assert documents[0] == attributor.attribute(ARTICLE)


@pytest.mark.parametrize("bad", [{"doc": "b", "text": None}, {"doc": "b"}, {"doc": "b", "text": "x", "date": "soon"}])
def test_a_bad_item_is_reported_and_the_rest_goes_on(attributor, bad):
    """An item that cannot be read gives an empty document with its id and an issue."""
    documents = list(attributor.attribute_many([{"doc": "a", "text": ARTICLE}, bad, {"doc": "c", "text": ARTICLE}]))
    assert [d.id for d in documents] == ["a", "b", "c"]
    assert documents[1].text == ""
    assert [issue.code for issue in documents[1].issues] == ["bad-item"]
    assert documents[2].attributions == documents[0].attributions


def test_an_article_that_breaks_the_reading_is_reported_alone(attributor, monkeypatch):
    """It comes back as it was given, with its id and an issue; the others of its batch are read."""
    resolve = resolution.resolve_speakers

    def breaking(document, *others):
        return [][0] if "nineteen" in document.text else resolve(document, *others)

    monkeypatch.setattr(resolution, "resolve_speakers", breaking)
    items = [{"doc": str(n), "text": f"{ARTICLE} {'nineteen' * (n == 3)}"} for n in range(6)]
    documents = list(attributor.attribute_many(items))
    assert [(d.id, [issue.code for issue in d.issues]) for d in documents] == [
        (str(n), ["internal-error"] if n == 3 else []) for n in range(6)
    ]
    assert (documents[3].text, documents[3].attributions) == (items[3]["text"], ())
    assert documents[4].attributions == attributor.attribute(items[4]["text"]).attributions
    assert "IndexError: list index out of range" in documents[3].issues[0].message


def test_what_comes_before_an_input_breaks_off_is_read(attributor):
    """The articles drawn by then come first, then the input's own exception."""

    def items():
        yield {"doc": "a", "text": "Hello."}
        raise OSError("disk")

    documents = attributor.attribute_many(items())
    assert next(documents).id == "a"
    with pytest.raises(OSError, match="disk"):
        next(documents)


class Terminal(io.StringIO):
    """A standard error that is a terminal, or is not."""

    def __init__(self, is_terminal):
        super().__init__()
        self.isatty = lambda: is_terminal


@pytest.mark.parametrize(("asked", "is_terminal"), [(True, True), (True, False), (False, True)])
def test_progress_is_shown_when_asked_and_on_a_terminal(attributor, monkeypatch, asked, is_terminal):
    """The bar counts the articles that were read; elsewhere nothing is written."""
    monkeypatch.setattr(sys, "stderr", Terminal(is_terminal))
    list(attributor.attribute_many(["Hello."] * 3, progress=asked))
    shown = sys.stderr.getvalue()
    assert ("3/3" in shown) == (asked and is_terminal)
    assert bool(shown) == (asked and is_terminal)


def test_an_item_of_no_known_form_is_reported(attributor):
    """Even an item that is neither text nor mapping stops nothing."""
    assert [d.issues[0].code for d in attributor.attribute_many([7, None])] == ["bad-item", "bad-item"]


def test_items_are_read_lazily(attributor):
    """The first documents are there before the last items are drawn."""
    drawn = []

    def items():
        for number in range(100):
            drawn.append(number)
            yield "Hello."

    next(attributor.attribute_many(items()))
    assert len(drawn) < 100


def test_workers_give_the_same_documents(attributor):
    """Two processes give what one gives, in order."""
    items = [{"text": ARTICLE, "doc": str(n)} for n in range(70)]
    assert list(attributor.attribute_many(items, workers=2)) == list(attributor.attribute_many(items))


def test_workers_report_bad_items_as_one_process_does(attributor):
    """What cannot be read is reported in its place by any worker."""
    items = [{"doc": "a", "text": ARTICLE}, {"doc": "b"}, 7]
    assert list(quotekit.attribute_many(items, workers=2)) == list(attributor.attribute_many(items))


def test_no_workers_are_refused(attributor):
    """There is always at least this process."""
    with pytest.raises(InputError, match="workers must be at least 1, got 0"):
        list(attributor.attribute_many([], workers=0))


@pytest.mark.parametrize("copies", [160, pytest.param(1280, marks=pytest.mark.slow)], ids=["70 kB", "550 kB"])
def test_one_long_line_takes_a_linear_time(attributor, copies):
    """So many times the text takes about as many times as long, and the offsets hold to its end."""
    line = ARTICLE.replace("\n", " ") + " "
    took = []
    for times in (20, copies):
        text = line * times
        began = time.process_time()
        document = attributor.attribute(text)
        took.append(time.process_time() - began)
        assert all(text[span.slice] == cut for span, cut in spans_of(document))
    assert took[1] < 2.5 * copies / 20 * took[0]


def test_a_long_document_is_read_to_its_end(attributor, monkeypatch):
    """A text of several sections has the offsets, the parents and the speakers of one text."""
    monkeypatch.setattr(sections, "SECTION", 4_000)
    text = "\n\n".join([ARTICLE] * 40)
    document = attributor.attribute(text)
    assert all(text[span.slice] == cut for span, cut in spans_of(document))
    assert all(a.parent is None or a.parent < len(document.attributions) for a in document.attributions)
    late = [a for a in document.attributions if a.content[0].start > 4_000 and "every bolt" in a.text]
    assert len(late) > 15
    assert all(a.speaker is not None and a.speaker.name == "Anna Berg" for a in late)


@pytest.mark.slow
@pytest.mark.parametrize("between", ["\n\n", " "], ids=["paragraphs", "one line"])
def test_a_million_words_take_bounded_memory(between):
    """Reading a million words takes at most two gigabytes more than reading an article."""
    code = (
        "import resource, quotekit\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20\n"
        f"article = {ARTICLE!r}.replace('\\n\\n', {between!r})\n"
        "attributor = quotekit.Attributor()\n"
        "attributor.attribute(article)\n"
        "before = peak()\n"
        f"attributor.attribute({between!r}.join([article] * (1_000_000 // len(article.split()))))\n"
        "print(peak() - before)\n"
    )
    more = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert float(more) < 2


def test_ten_thousand_unclosed_marks_are_read(attributor):
    """Marks that never close are reported, not stumbled over."""
    document = attributor.attribute("“a " * 10_000)
    assert document.quotations
    assert document.issues


@pytest.fixture(scope="module")
def pipeline():
    """A Stanza pipeline such as a caller may have: here with the bundled tokenizer."""
    return bundled_pipeline(BUNDLED / "en")


def test_a_stanza_document_is_read_by_its_own_sentences(attributor, pipeline):
    """A caller's analyzed document gives what its text gives."""
    assert attributor.attribute(pipeline(ARTICLE)) == attributor.attribute(ARTICLE)


def test_a_callers_pipeline_takes_the_place_of_ours(attributor, pipeline):
    """With a pipeline of the caller's the words and sentences are that pipeline's."""
    assert Attributor(pipeline=pipeline).attribute(ARTICLE) == attributor.attribute(ARTICLE)


def test_what_is_no_pipeline_is_refused():
    """The message says what is taken and what came."""
    with pytest.raises(InputError, match=r"expected a stanza\.Pipeline with the processor tokenize, got str"):
        Attributor(pipeline="en")


def test_a_pipeline_stays_in_its_process(pipeline):
    """Stanza's pipelines cannot be sent to other processes, and the message says what to do."""
    with pytest.raises(InputError, match="use workers=1 with pipeline="):
        Attributor(pipeline=pipeline).attribute_many([ARTICLE], workers=2)


def test_threads_share_one_attributor(attributor):
    """Several threads get what one gets, for one article or many."""
    texts = [ARTICLE.replace("Anna", name) for name in ("Anna", "Nour", "Wei", "Tomas")] * 3
    alone = [attributor.attribute(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        many = [pool.submit(lambda: list(attributor.attribute_many(texts))) for _ in range(2)]
        assert list(pool.map(attributor.attribute, texts)) == alone
        assert [documents.result() for documents in many] == [alone, alone]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Prime Minister, Harriet Osgood, said it was late.", "Harriet Osgood"),
        ("The Foreign Secretary, Sir Keith Moss, denied it.", "Keith Moss"),
        ("Nigel Farrow MP said the bridge was safe.", "Nigel Farrow"),
        ("MAYOR ANN LEE SPOKE ON MONDAY. “IT WILL HOLD,” SHE SAID.", "ANN LEE"),
    ],
)
def test_posts_honors_and_shouting_are_no_names(attributor: quotekit.Attributor, text: str, name: str) -> None:
    """A post before a comma is no body, letters of honor are none of a name, and "SHE" is no acronym."""
    (attribution,) = attributor.attribute(text).attributions
    assert [(speaker.name, speaker.type) for speaker in attribution.speakers] == [(name, "person")]
