"""A script that goes on training in PyTorch, update for update as rnn-tui would."""

from string import Template

from rnn_tui.errors import InputError
from rnn_tui.exports.scripts import about, filled, imports, spelling
from rnn_tui.exports.torch_networks import NETWORKS, TorchNetwork
from rnn_tui.models.registry import require
from rnn_tui.nn.optimizers import OPTIMIZERS, TorchOptimizer
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.dropout import drops
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.schedule import constant

SAME_LOSS = "the first loss printed is the one rnn-tui would report next"
OTHER_MASKS = """what dropout leaves out is drawn by
PyTorch, so that losses are like those rnn-tui would report, and not the same"""


def torch_script(checkpoint: Checkpoint) -> str:
    """Return the script; a copy of the checkpoint belongs beside it.

    Raises:
        InputError: PyTorch has no such network, or no such optimizer.
    """
    config, numbers = checkpoint.config, checkpoint.numbers
    require("torch", config)
    network, optimizer = NETWORKS[config.network](config), OPTIMIZERS[config.optimizer]
    if optimizer.torch is None:
        raise InputError(f"PyTorch has no optimizer like {optimizer.title}")
    return filled(
        "torch",
        **about(checkpoint),
        imports=imports(checkpoint, "sys", *(["math"] if config.lr_schedule == "cosine" else [])),
        first=OTHER_MASKS if drops(config) else SAME_LOSS,
        vocab_size=len(checkpoint.vocab),
        seq_length=config.seq_length,
        batch_size=config.batch_size,
        val_fraction=config.val_fraction,
        update_number=checkpoint.update,
        base_rate=float(numbers["base_rate"]),
        activation=config.activation,
        kind=config.network,
        network_code=network.code.rstrip("\n"),
        biases=network.biases,
        optimizer=Template(optimizer.torch.call).substitute(kept=config.rmsprop_alpha),
        memory=memory(network, optimizer.torch, int(numbers["optimizer_count"])),
        spelling="" if checkpoint.options.units == "byte" else f"{spelling(checkpoint)[0]}\n\n\n",
        reading=reading(checkpoint),
        clipping=clipping(config),
        rate=rate(config),
        decaying=decaying(config),
        detaching=f"        state = {network.detached}\n" if network.detached else "",
    )


def memory(network: TorchNetwork, optimizer: TorchOptimizer, count: int) -> str:
    """Lines that give the optimizer what it remembers."""
    if not optimizer.slots:
        return "    # Plain gradient descent remembers nothing."
    steps = f'"step": torch.tensor({float(count)})' if optimizer.counts else ""
    return f"""    start = 0
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        size = {network.size}
        optimizer.state[parameter] = {{{steps}}}
        for key, slot in {optimizer.slots!r}.items():
            part = torch.zeros_like(parameter)
            part.view(-1)[-size:] = stored[f"optimizer.{{slot}}"][start : start + size]
            optimizer.state[parameter][key] = part
        start += size"""


def reading(checkpoint: Checkpoint) -> str:
    """Lines that turn the text's bytes into symbols as rnn-tui does."""
    if checkpoint.options.units == "byte":
        return r"""    body = data.removesuffix(b"\n").removesuffix(b"\r")
    # The newline after a single line is an editor's, not the text's.
    symbols = (data if b"\n" in body or b"\r" in body else body).decode("latin-1")"""
    faults = {"strict": "", "replace": ', "replace"', "skip": ', "ignore"'}
    encoding = f"{checkpoint.options.encoding!a}{faults[checkpoint.options.errors]}"
    return rf"""    text = data.decode({encoding}).removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # The newline after a single line is an editor's, not the text's.
    text = text[:-1] if text.find("\n") == len(text) - 1 else text
    symbols = spelled(text)"""


def clipping(config: Config) -> str:
    """Lines that clip the gradients, each with its newline."""
    lines = []
    if config.clip_norm is not None:
        lines.append(f"        nn.utils.clip_grad_norm_(trained, {config.clip_norm})\n")
    if config.clip_value is not None:
        lines.append(f"        nn.utils.clip_grad_value_(trained, {config.clip_value})\n")
    return "".join(lines)


def decaying(config: Config) -> str:
    """Lines that make the weights smaller before the optimizer's own step, each with its newline.

    Only AdamW has that by itself: elsewhere PyTorch's `weight_decay` is added to the gradient.
    """
    if not config.weight_decay:
        return ""
    return f"""            with torch.no_grad():
                for parameter in trained:
                    parameter *= 1 - group["lr"] * {config.weight_decay}
"""


def rate(config: Config) -> str:
    """Return the learning rate of an update, as an expression of it, `epoch` and `windows`."""
    told = "BASE_RATE" if constant(config) else f"BASE_RATE * {_factor(config)}"
    if not config.warmup:
        return told
    warm = f"BASE_RATE * (update + 1) / {config.warmup}"
    return f"{warm} if update < {config.warmup} else {told}"


def _factor(config: Config) -> str:
    if config.lr_schedule == "step":
        decays = f"max(0, epoch - {config.lr_decay_after}) // {config.lr_decay_every}"
        return f"{config.lr_decay} ** ({decays})"
    ends = [] if config.updates is None else [str(config.updates)]
    ends += [] if config.epochs is None else [f"{config.epochs} * windows"]
    end = ends[0] if len(ends) == 1 else f"min({', '.join(ends)})"
    done = f"(min(update, {end} - 1) - {config.warmup}) / ({end} - {config.warmup})"
    return f"(1 + math.cos(math.pi * {done})) / 2"
