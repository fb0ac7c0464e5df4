"""The recurrent layers among the tensors of a `state_dict`, however they are named.

One `nn.LSTM` of several layers numbers them (`lstm.weight_ih_l1`), an `nn.LSTMCell` has none
(`cell.weight_ih`), and a module a layer has the number in its own name (`rnn2.weight_ih_l0`,
`layers.1.weight_ih`). The same for RNN and GRU.
"""

import re

from rnn_tui.errors import InputError
from rnn_tui.nn.cell import Parameters
from rnn_tui.text.visible import visible

RECURRENT = re.compile(r"(.*?)((?:weight|bias)_(?:ih|hh|hr))(?:_l(\d+)(_reverse)?)?")


def layers_of(tensors: Parameters) -> Parameters:
    """Return the recurrent layers' tensors, named `rnn.weight_ih_l0` and so on.

    Raises:
        InputError: They are not one stack that reads forward.
    """
    matches = [match for name in tensors if (match := RECURRENT.fullmatch(name))]
    owners = in_order({match[1] for match in matches})
    if len(owners) > 1 and any(int(match[3] or 0) for match in matches):
        raise several(owners)
    if any(match[4] for match in matches):
        raise InputError("the network reads both ways (bidirectional), which rnn-tui's do not")
    if any("_hr" in match[2] for match in matches):
        raise InputError("the LSTM has projections (proj_size), which rnn-tui's have not")
    found = {
        f"rnn.{match[2]}_l{owners.index(match[1]) + int(match[3] or 0)}": tensors[match[0]]
        for match in matches
    }
    for name in ("rnn.weight_ih_l0", "rnn.weight_hh_l0"):
        if name not in found or found[name].ndim != 2:
            raise InputError(f"{name.removeprefix('rnn.')} is missing, or no matrix")
    return found


def in_order(owners: set[str]) -> list[str]:
    """Return the modules from the first layer up, by the numbers in their names; 2 comes before 10.

    Raises:
        InputError: The names differ in more than numbers, so that no order can be told.
    """
    if len({re.sub(r"\d+", "", owner) for owner in owners}) > 1:
        raise several(sorted(owners))
    return sorted(owners, key=lambda owner: [int(digits) for digits in re.findall(r"\d+", owner)])


def several(owners: list[str]) -> InputError:
    """Return the error that the parts are not one stack."""
    return InputError(f"there are several recurrent networks: {', '.join(map(visible, owners))}")
