"""Trains the reader from the bundled weights and public data: `python -m eval.train_reader`.

    python -m eval.train_reader --public FOLDER --out FOLDER [--epochs 2] [--without SET ...]

It writes reader.onnx, reader.safetensors and reader.toml with their checksums, which ship in qa/.
A stopped run goes on from its last checkpoint when it is started again with the same words.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

import torch
from tokenizers import Tokenizer
from torch.nn.utils import clip_grad_norm_

from eval.reader_export import export
from eval.reader_material import examples
from eval.reader_network import Encoded, Network, batches, encode, loss
from eval.reader_sources import read_all
from index.manifest import checksum
from index.minilm import load_encoder, model_folder
from qa.reader import GRAPH_FILE, WEIGHTS_FILE

_RATE, _HEAD_RATE = 1e-4, 5e-4
_WARM_UP = 0.06  # share of the steps
_KEEP_EVERY = 300  # seconds
_REPORT_EVERY = 50  # steps


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is made of; a checkpoint belongs to exactly one plan."""

    epochs: float
    without: tuple[str, ...]
    seed: int


def train(encoded: Sequence[Encoded], out: Path, plan: Plan) -> Network:
    """Trains to the end of the plan, from the last checkpoint in `out` if there is one."""
    torch.manual_seed(plan.seed)
    network = Network(model_folder())
    schedule = list(_schedule(encoded, plan))
    heads = [*network.answers.parameters(), *network.span.parameters()]
    body = [one for one in network.encoder.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": _RATE}, {"params": heads, "lr": _HEAD_RATE}], weight_decay=0.01, fused=True
    )
    warm_up = max(1, round(_WARM_UP * len(schedule)))
    rates = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm_up, (len(schedule) - step) / (len(schedule) - warm_up))
    )
    checkpoint = Checkpoint(out / "checkpoint.pt", plan)
    step = checkpoint.load(network, optimizer, rates)
    _say(f"{len(encoded)} examples, {len(schedule)} steps, from step {step}")
    network.train()
    kept, total = time.monotonic(), 0.0
    while step < len(schedule):
        value = loss(network, schedule[step])
        value.backward()  # type: ignore[no-untyped-call]
        clip_grad_norm_([*body, *heads], 1.0)
        optimizer.step()
        rates.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        total += float(value.detach())
        if step % _REPORT_EVERY == 0:
            _say(f"step {step} of {len(schedule)}: loss {total / _REPORT_EVERY:.4f}")
            total = 0.0
        if time.monotonic() - kept > _KEEP_EVERY or step == len(schedule):
            checkpoint.save(network, optimizer, rates, step)
            kept = time.monotonic()
    return network.eval()


def _encoded(public: Path, plan: Plan) -> list[Encoded]:
    asked = read_all(public, without=frozenset(plan.without), seed=plan.seed)
    embed = load_encoder(None).encode_documents
    return encode(examples(asked, embed, seed=plan.seed), tokenizer_of_examples())


def tokenizer_of_examples() -> Tokenizer:
    """The bundled model's, which neither pads nor cuts."""
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _schedule(encoded: Sequence[Encoded], plan: Plan) -> Iterator[list[Encoded]]:
    left, epoch = plan.epochs, 0
    while left > 0:
        order = list(batches(encoded, seed=1_000 * plan.seed + epoch))
        yield from order[: round(min(1.0, left) * len(order))]
        left, epoch = round(left - 1, 6), epoch + 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a run was when it last kept itself."""

    path: Path
    plan: Plan

    def save(
        self,
        network: Network,
        optimizer: torch.optim.Optimizer,
        rates: torch.optim.lr_scheduler.LambdaLR,
        step: int,
    ) -> None:
        """Writes beside the last one, then takes its place."""
        beside = self.path.with_suffix(".new")
        torch.save(
            {
                "plan": asdict(self.plan),
                "step": step,
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "rates": rates.state_dict(),
            },
            beside,
        )
        beside.replace(self.path)

    def load(
        self,
        network: Network,
        optimizer: torch.optim.Optimizer,
        rates: torch.optim.lr_scheduler.LambdaLR,
    ) -> int:
        """The step to go on from: 0 where there is no checkpoint of this plan."""
        if not self.path.is_file():
            return 0
        kept = torch.load(self.path, weights_only=True)
        if (
            kept["plan"] != {**asdict(self.plan), "without": kept["plan"]["without"]}
            or tuple(kept["plan"]["without"]) != self.plan.without
        ):
            return 0
        network.load_state_dict(kept["network"])
        optimizer.load_state_dict(kept["optimizer"])
        rates.load_state_dict(kept["rates"])
        return int(kept["step"])


def write_card(folder: Path) -> Path:
    """The file that names the checksums of the other two."""
    card = folder / "reader.toml"
    graph, weights = (checksum(folder / name) for name in (GRAPH_FILE, WEIGHTS_FILE))
    card.write_text(
        "# The bundled reader, written by `python -m eval.train_reader`; docs/reader.md is its model card.\n"
        f'graph_sha256 = "{graph}"\nweights_sha256 = "{weights}"\n',
        encoding="utf-8",
    )
    return card


def _say(words: str) -> None:
    print(json.dumps({"at": time.strftime("%H:%M:%S"), "log": words}), flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains, keeps the last checkpoint and writes the file that ships."""
    parser = argparse.ArgumentParser(prog="python -m eval.train_reader", description=__doc__)
    parser.add_argument("--public", type=Path, required=True, help="the folder of the public sets")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--without", nargs="*", default=(), metavar="SET")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    plan = Plan(given.epochs, tuple(given.without), given.seed)
    encoded = _encoded(given.public, plan)
    export(train(encoded, given.out, plan), given.out, encoded)
    card = write_card(given.out)
    print(f"{GRAPH_FILE}, {WEIGHTS_FILE} and {card.name} in {given.out} belong into qa/.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
