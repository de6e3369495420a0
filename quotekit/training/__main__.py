"""Make the weights: `python -m quotekit.training all --data ../shared/data --work /tmp/quotekit-weights`."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from typing import Any

import attrs

from quotekit.analysis.analyzer import Analyzer
from quotekit.analysis.pack import BUNDLED, save_calibration, seal_pack
from quotekit.training.calibration import bins_of, calibration_error, cross_fitted, draw, fit, samples
from quotekit.training.counts import count_links
from quotekit.training.encoder import RELEASED, train_encoder
from quotekit.training.packing import pack_encoder
from quotekit.training.readers import read_polnear
from quotekit.training.tokenizer import train_tokenizer

log = logging.getLogger(__name__)


def main() -> None:
    """Train what is asked for, and put it into the pack."""
    parser = argparse.ArgumentParser(prog="python -m quotekit.training", description=__doc__)
    parser.add_argument("what", choices=("tokenizer", "encoder", "calibration", "all", "count"), help="what to make")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument(
        "--written", type=Path, default=Path("corpus/train"), help="folder of our own labelled articles"
    )
    parser.add_argument(
        "--work", type=Path, default=Path("weights"), help="folder for checkpoints: call again to go on"
    )
    parser.add_argument(
        "--pack", type=Path, default=BUNDLED / "en", help="the pack to write (default: the one that ships)"
    )
    parser.add_argument("--plot", type=Path, help="where to draw the reliability curve, as SVG")
    parser.add_argument("--threads", type=int, default=RELEASED.first.threads)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    release = RELEASED.on(args.threads)
    about = {"lang": "en", "recipe": attrs.asdict(release)}
    if args.what == "count":
        for name, value in count_links(read_polnear(args.data / "train" / "polnear.jsonl.xz")).items():
            log.info("%-30s %s", name, value)
    if args.what in {"tokenizer", "all"}:
        train_tokenizer(args.data, args.work / "tokenizer", seed=release.first.seed).save(args.pack)
        seal_pack(args.pack, about)
    if args.what in {"encoder", "all"}:
        weights = train_encoder(args.data, args.written, args.work / "encoder", release)
        pack_encoder(weights, args.pack, about)
    if args.what in {"calibration", "all"}:
        _calibrate(args.data / "dev" / "polnear.jsonl", args.pack, about, args.plot)


def _calibrate(labelled: Path, pack: Path, about: dict[str, Any], plot: Path | None) -> None:
    """Fit the pack's scores to articles that it was not trained on, and log how far off they are."""
    found = list(samples(Analyzer(pack), read_polnear(labelled)))
    save_calibration(fit(found), pack)
    seal_pack(pack, about)
    held_out = bins_of(cross_fitted(found))
    log.info(
        "calibration error: raw %.3f, on articles held out %.3f", *map(calibration_error, (bins_of(found), held_out))
    )
    for row in held_out:
        log.info("%5d attributions: score %.2f, right %.2f", row.count, row.score, row.right)
    if plot:
        draw(held_out, plot)


if __name__ == "__main__":
    main()
