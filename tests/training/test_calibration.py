"""Scores that mean the share that is right."""

import random
import xml.etree.ElementTree as ElementTree

import pytest

from quotekit.analysis.scores import Calibration
from quotekit.training.calibration import Sample, bins_of, calibration_error, cross_fitted, draw, fit


@pytest.fixture(scope="module")
def modest():
    """Raw scores that say less than is true: of those at 0.4, 0.8 are right; and a kind that is always half right."""
    rng = random.Random(3)
    rows = [Sample(f"a{n % 40}", "direct", rng.choice((0.4, 0.3)), False) for n in range(2000)]
    rows = [Sample(r.article, r.kind, r.score, rng.random() < (0.8 if r.score > 0.35 else 0.6)) for r in rows]
    return rows + [Sample(f"a{n % 40}", "mixed", 0.7, n % 2 == 0) for n in range(400)]


def test_a_fit_finds_the_share_that_is_right(modest):
    """Each kind has its own curve."""
    curves = fit(modest)
    assert curves(0.4, "direct") == pytest.approx(0.8, abs=0.05)
    assert curves(0.7, "mixed") == pytest.approx(0.5, abs=0.05)


def test_calibrated_scores_keep_their_order(modest):
    """A surer attribution stays the surer one."""
    curves = fit(modest)
    assert curves(0.4, "direct") > curves(0.3, "direct")


def test_few_samples_change_a_curve_that_was_there_a_little():
    """One wrong attribution moves its kind's curve by less than a tenth, and no other kind's."""
    before = Calibration({"direct": (0.64, 1.2), "mixed": (1.1, 0.3)})
    after = fit([Sample("a", "direct", 0.9, False)], before)
    assert before(0.9, "direct") - 0.1 < after(0.9, "direct") < before(0.9, "direct")
    assert after(0.9, "mixed") == before(0.9, "mixed")


def test_a_kind_without_a_curve_stays_raw():
    """No labels, no curve."""
    assert Calibration()(0.37, "indirect") == 0.37


def test_the_error_falls_on_articles_that_were_not_fitted(modest):
    """The raw scores are off by more than a quarter, the cross-fitted ones hardly."""
    assert calibration_error(bins_of(modest)) > 0.25
    assert calibration_error(bins_of(cross_fitted(modest))) < 0.05


def test_the_drawing_is_well_formed(modest, tmp_path):
    """A circle for each bin."""
    bins = bins_of(modest)
    draw(bins, tmp_path / "plot.svg")
    tree = ElementTree.parse(tmp_path / "plot.svg")
    assert len(tree.findall(".//{http://www.w3.org/2000/svg}circle")) == len(bins)
