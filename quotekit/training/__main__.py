"""Make the weights: `python -m quotekit.training all --data ../shared/data --work /tmp/quotekit-weights`."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import attrs

from quotekit.analysis.pack import BUNDLED, seal_pack
from quotekit.training.counts import count_links
from quotekit.training.encoder import Recipe, train_encoder
from quotekit.training.packing import pack_encoder
from quotekit.training.readers import read_polnear
from quotekit.training.tokenizer import train_tokenizer


def main() -> None:
    """Train what is asked for, and put it into the pack."""
    parser = argparse.ArgumentParser(prog="python -m quotekit.training", description=__doc__)
    parser.add_argument("what", choices=("tokenizer", "encoder", "all", "count"), help="which weights to make")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument(
        "--work", type=Path, default=Path("weights"), help="folder for checkpoints: call again to go on"
    )
    parser.add_argument(
        "--pack", type=Path, default=BUNDLED / "en", help="the pack to write (default: the one that ships)"
    )
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--threads", type=int, default=Recipe().threads)
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    recipe = Recipe(epochs=args.epochs, threads=args.threads, seed=args.seed)
    about = {"lang": "en", "recipe": attrs.asdict(recipe)}
    if args.what == "count":
        for name, value in count_links(read_polnear(args.data / "train" / "polnear.jsonl.xz")).items():
            logging.info("%-30s %s", name, value)
    if args.what in {"tokenizer", "all"}:
        train_tokenizer(args.data, args.work / "tokenizer", seed=args.seed).save(args.pack)
        seal_pack(args.pack, about)
    if args.what in {"encoder", "all"}:
        pack_encoder(train_encoder(args.data, args.work / "encoder", recipe), args.pack, about)


if __name__ == "__main__":
    main()
