"""Every key as it is where nobody has remapped it."""

from rnn_tui.keys.key import Key

KEYS: tuple[Key, ...] = (
    Key(
        "train.pause", "space", "control('pause')", "pause", "Pause or resume",
        "Training stands still after the present update; the pictures stay.",
        "Training", 1, standing="go on",
    ),
    Key(
        "train.step", "s", "control('step')", "step", "One update",
        "One look at a piece of the text, one small change of the weights, then stand still.",
        "Training", 2,
    ),
    Key(
        "train.epoch", "e", "send('RunToEpochEnd')", "epoch", "To the end of the epoch",
        "An epoch is one pass over the whole text. Training then stands still.",
        "Training", 9,
    ),
    Key(
        "train.restart", "r", "restart", "restart", "Begin again",
        "Back to update 0 with the same seed. A learning rate you have turned stays.",
        "Training", 12,
    ),
    Key(
        "train.new_seed", "R", "control('new_seed')", "new seed", "Begin again with the next seed",
        "Other first weights, another way down.",
        "Training", 13,
    ),
    Key(
        "train.save", "w", "save", "save", "Write a checkpoint",
        "A file with the network and everything needed to go on from here.",
        "Training", 11,
    ),
    Key(
        "train.bundle", "W", "bundle", "bundle", "Write a bundle",
        "One file with this moment, its past, its text and what you look at; rnn-tui --bundle FILE "
        "opens it as it is now, on any machine.",
        "Training", 0,
    ),
    Key(
        "time.back", "[ pageup", "send('Travel', -1)", "time", "Back in training time",
        "A fiftieth of the run. Every panel shows that moment; ◆ on the axis marks it.",
        "Training", 6,
    ),
    Key(
        "time.forward", "] pagedown", "send('Travel', 1)", "time",
        "Forward in training time",
        "Up to where training stands. Moments that are not kept (━ on the axis) are replayed.",
        "Training", 6,
    ),
    Key(
        "time.far_back", "{ (", "send('Travel', -10)", "time", "Far back",
        "A fifth of the run.",
        "Training",
    ),
    Key(
        "time.far_forward", "} )", "send('Travel', 10)", "time", "Far forward",
        "A fifth of the run.",
        "Training",
    ),
    Key(
        "time.best", "*", "send('ToBest')", "best", "Where validation was lowest",
        "On this branch; ★ marks it on the curve. Going on from there starts a branch.",
        "Training",
    ),
    Key(
        "time.branch", "b", "send('OtherBranch')", "branch", "Next branch",
        "Going on from a past moment, or turning the rate there, starts a branch; the old curve "
        "stays as a ghost.",
        "Training", 15,
    ),
    Key(
        "diverged.back", "h", "send('Mend', 'back')", "half the rate",
        "Back, with half the learning rate",
        "Fifty updates back, to before it went wrong; a branch begins there.",
        "Divergence", 1, "diverged",
    ),
    Key(
        "diverged.clip", "n", "send('Mend', 'clip')", "clip", "Clip the gradient's norm",
        "A gradient longer than that is shortened; its direction stays. Where a number is not "
        "finite, that is too late, and it goes back fifty updates first.",
        "Divergence", 1, "diverged",
    ),
    Key(
        "diverged.anyway", "a", "send('Mend', 'anyway')", "go on anyway", "On regardless",
        "The update is made as it is. A high loss does not stop this run again; what is not "
        "finite spreads to every weight, and {time.back} goes back to before it.",
        "Divergence", 1, "diverged",
    ),
    Key(
        "rate.lower", "<", "control('turn_rate', False)", "rate", "Lower the learning rate",
        "How far the weights move in one update. It takes the next lower of … 0.01 0.02 0.05 0.1 …",
        "Knobs", 5,
    ),
    Key(
        "rate.raise", ">", "control('turn_rate', True)", "rate", "Raise the learning rate",
        "Faster, until it is too much: then the loss jumps about or becomes infinite.",
        "Knobs", 5,
    ),
    Key(
        "temperature.lower", ",", "control('turn_temperature', False)", "temperature",
        "Lower the temperature",
        "Samples become safer and more repetitive. 0 always takes the likeliest character.",
        "Knobs", 14,
    ),
    Key(
        "temperature.raise", ".", "control('turn_temperature', True)", "temperature",
        "Raise the temperature",
        "Samples hold more surprises and more mistakes.",
        "Knobs", 14,
    ),
    Key(
        "speed.halve", "- _", "control('turn_speed', False)", "speed", "Halve the speed",
        "So that one can watch. From full speed, half of the present speed.",
        "Knobs", 8,
    ),
    Key(
        "speed.double", "+ =", "control('turn_speed', True)", "speed", "Double the speed",
        "Up to what this computer can do.",
        "Knobs", 8,
    ),
    Key(
        "speed.full", "f", "control('full_speed')", "full", "Full speed",
        "No brake: as many updates a second as this computer can do.",
        "Knobs", 10,
    ),
    Key(
        "window.back", "k", "screen.window('back')", "window", "Back in the text",
        "The window on the text moves back by its length.",
        "Text", 12,
    ),
    Key(
        "window.on", "j", "screen.window('on')", "window", "On in the text",
        "By the window's length. All screens look at the same place.",
        "Text", 12,
    ),
    Key(
        "window.first", "H", "screen.window('first')", "window", "To the beginning of the text",
        "Of the part that is looked at.",
        "Text",
    ),
    Key(
        "window.last", "E", "screen.window('last')", "window", "To the end of the text",
        "The last window of the part that is looked at.",
        "Text",
    ),
    Key(
        "window.part", "v", "screen.next_part", "other text", "Training text or validation text",
        "The validation text is one that it does not learn from.",
        "Text", 14,
    ),
    Key(
        "window.find", "F ctrl+f", "screen.find", "find", "Find in the text",
        "A character or a string: the window goes where it stands next.",
        "Text", 16, urgent=True,
    ),
    Key(
        "window.next", "N", "screen.next_hit(1)", "next", "Find the next one",
        "The same string again; behind the end of the text from its beginning on.",
        "Text",
    ),
    Key(
        "window.previous", "B", "screen.next_hit(-1)", "next", "Find the one before",
        "The same string again, going back.",
        "Text",
    ),
    Key(
        "window.cover", "T", "screen.cover", "cover", "Cover targets and predictions",
        "On {screen.train} and {screen.unrolled}, to ask a class what comes next, or what the "
        "network expects; with samples and the chart's guide lines. Again: all is seen.",
        "Text", 20,
    ),
    Key(
        "find.next", "enter down", "hit(1)", "find", "Find what is typed",
        "Again: the next one. Capitals are told from small letters.",
        "Text", 1, "find", urgent=True,
    ),
    Key(
        "find.previous", "up", "hit(-1)", "the one before", "Find the one before",
        "Of what is typed.",
        "Text", 2, "find", urgent=True,
    ),
    Key(
        "find.leave", "escape", "leave", "back to the keys", "Leave the line",
        "{window.next} and {window.previous} go on to the next one and the one before.",
        "Text", 2, "find", urgent=True,
    ),
    Key(
        "prefix.enter", "/", "prefix", "prefix", "Type a prefix",
        "A beginning of your own; watch what the network expects after it.",
        "Panels", 7, "train", urgent=True,
    ),
    Key(
        "prefix.take", "tab", "take", "take the likeliest", "Take the likeliest",
        "While you type a prefix: adds the character that the network expects most.",
        "Panels", 1, "prefix", urgent=True,
    ),
    Key(
        "prefix.leave", "escape enter", "leave", "back to the keys", "Leave the prefix",
        "The text stays, its predictions go on, and keys are commands again.",
        "Panels", 2, "prefix", urgent=True,
    ),
    Key(
        "chart.log", "l", "panel('loss', 'toggle_log')", "log", "Logarithmic or linear loss",
        "The logarithmic scale shows small losses better.",
        "Panels", 15, "train",
    ),
    Key(
        "chart.unit", "u", "panel('loss', 'next_unit')", "measure", "Unit of the loss",
        "Nats, bits (nats / 0.693), or perplexity: among how many characters the network is torn.",
        "Panels", 16, "train",
    ),
    Key(
        "bars.left", "left shift+left", "panel('bars', 'scroll_steps', -1)", "time steps",
        "Earlier time steps",
        "Where not all of them fit beside each other.",
        "Panels", 17, "train",
    ),
    Key(
        "bars.right", "right shift+right", "panel('bars', 'scroll_steps', 1)", "time steps",
        "Later time steps",
        "Where not all of them fit beside each other.",
        "Panels", 17, "train",
    ),
    Key(
        "train.copy_sample", "Y", "app.copy('sample')", "copy", "Copy the newest sample",
        "All of it, also while there is a prefix.",
        "Panels", 0, "train",
    ),
    Key(
        "screen.race", "0", "page('race')", "race", "Race",
        "Several networks on one text: all curves, a table, one prefix for all.",
        "Screens", 11,
    ),
    Key(
        "screen.train", "1", "page('train')", "screens", "Train",
        "Loss, predictions at every step, samples, your prefix.",
        "Screens", 4,
    ),
    Key(
        "screen.unrolled", "2", "page('unrolled')", "screens", "Unrolled",
        "The network drawn out in time, with its numbers.",
        "Screens", 4,
    ),
    Key(
        "screen.backprop", "3", "page('backprop')", "screens", "Backprop",
        "One update, one micro-step at a time, on and back.",
        "Screens", 4,
    ),
    Key(
        "screen.gradients", "4", "page('gradients')", "screens", "Gradients",
        "How far back in time an error reaches.",
        "Screens", 4,
    ),
    Key(
        "screen.memory", "5", "page('memory')", "screens", "Memory",
        "What the network remembers of what it has read.",
        "Screens", 4,
    ),
    Key(
        "unrolled.left", "left", "panel('unrolled', 'move', -1)", "column", "Time step before",
        "Marks it; all digits of its numbers stand on the frame.",
        "Unrolled", 2, "unrolled",
    ),
    Key(
        "unrolled.right", "right", "panel('unrolled', 'move', 1)", "column", "Next time step",
        "The figure scrolls where not all of it fits.",
        "Unrolled", 2, "unrolled",
    ),
    Key(
        "unrolled.up", "up", "panel('unrolled', 'choose_row', -1)", "unit", "Hidden unit above",
        "Marks one unit: its number is written out where units are colored cells.",
        "Unrolled", 7, "unrolled",
    ),
    Key(
        "unrolled.down", "down", "panel('unrolled', 'choose_row', 1)", "unit", "Hidden unit below",
        "The gates that can be unfolded are those of the marked unit.",
        "Unrolled", 7, "unrolled",
    ),
    Key(
        "unrolled.probabilities", "g", "panel('unrolled', 'toggle_probabilities')", "probs",
        "Logits or probabilities",
        "Softmax makes probabilities of the logits: all positive, adding up to 1.",
        "Unrolled", 3, "unrolled",
    ),
    Key(
        "unrolled.gates", "o", "panel('unrolled', 'toggle_gates')", "gates", "Open the cell",
        "Gates and cell state of an LSTM or GRU, for the marked unit.",
        "Unrolled", 8, "unrolled",
    ),
    Key(
        "unrolled.layer", "l", "panel('unrolled', 'next_layer')", "layer", "Next layer",
        "Where there is no room for all of them.",
        "Unrolled", 15, "unrolled",
    ),
    Key(
        "unrolled.text", "/", "text", "your text", "Your own text in the columns",
        "Instead of the beginning of the text it learns.",
        "Unrolled", 6, "unrolled", urgent=True,
    ),
    Key(
        "unrolled.wipe", "d delete", "panel('unrolled', 'wipe')", "wipe h", "Wipe the memory",
        "Makes all 0 that the marked time step hands on, in this picture only: what do later steps "
        "say then? Again: puts it back.",
        "Unrolled", 5, "unrolled",
    ),
    Key(
        "unrolled.type", "i", "panel('unrolled', 'type_number', 'h')", "type h", "Type another h",
        "Of the marked unit at the marked time step, in this picture only.",
        "Unrolled", 6, "unrolled", urgent=True,
    ),
    Key(
        "unrolled.type_c", "I", "panel('unrolled', 'type_number', 'c')", "type c", "Type another c",
        "The same of an LSTM's cell state; its h follows.",
        "Unrolled", 0, "unrolled", urgent=True,
    ),
    Key(
        "unrolled.exchange", "x", "panel('unrolled', 'exchange')", "exchange",
        "Exchange what is read",
        "Another character at the marked time step, in this picture only.",
        "Unrolled", 6, "unrolled", urgent=True,
    ),
    Key(
        "unrolled.put_back", "u", "panel('unrolled', 'put_back')", "put back", "Put it back",
        "What was wiped, typed or exchanged. Another text ends it, too; training does not.",
        "Unrolled", 5, "unrolled",
    ),
    Key(
        "unrolled.made_of", "m", "panel('made_of', 'toggle')", "made of",
        "What the numbers are made of",
        "The formulas of the marked time step, filled in; again: closes them.",
        "Unrolled", 5, "unrolled",
    ),
    Key(
        "backprop.back", "left", "app.send('GoThrough', 'back')", "micro-step", "Undo a micro-step",
        "Back to what was known before it.",
        "Backprop", 1, "backprop",
    ),
    Key(
        "backprop.on", "right", "app.send('GoThrough', 'on')", "micro-step", "Next micro-step",
        "Forward through the time steps, the loss, backward through them, clipping, the update.",
        "Backprop", 1, "backprop",
    ),
    Key(
        "backprop.step_back", "shift+left", "app.send('GoThrough', 'step back')", "time step",
        "Back a time step",
        "All its micro-steps at once.",
        "Backprop", 8, "backprop",
    ),
    Key(
        "backprop.step_on", "shift+right", "app.send('GoThrough', 'step on')", "time step",
        "On a time step",
        "All its micro-steps at once.",
        "Backprop", 8, "backprop",
    ),
    Key(
        "backprop.first", "home", "app.send('GoThrough', 'first')", "start",
        "To the start of the update",
        "As if nothing had been done.",
        "Backprop", 14, "backprop",
    ),
    Key(
        "backprop.last", "end", "app.send('GoThrough', 'last')", "make it",
        "To the end of the update",
        "The weights are new then, exactly as after {train.step}.",
        "Backprop", 7, "backprop",
    ),
    Key(
        "backprop.up", "up", "panel('matrices', 'move', (-1, 0))", "weight", "Weight above",
        "Marks a weight.",
        "Backprop", 15, "backprop",
    ),
    Key(
        "backprop.down", "down", "panel('matrices', 'move', (1, 0))", "weight", "Weight below",
        "Marks a weight.",
        "Backprop", 15, "backprop",
    ),
    Key(
        "backprop.next", "tab", "panel('matrices', 'move', (0, 1))", "weight",
        "Weight to the right",
        "Past the last column lies the next matrix; {backprop.previous} goes the other way.",
        "Backprop", 15, "backprop",
    ),
    Key(
        "backprop.previous", "shift+tab", "panel('matrices', 'move', (0, -1))", "weight",
        "Weight to the left",
        "Past the first column lies the matrix before.",
        "Backprop", 0, "backprop",
    ),
    Key(
        "backprop.lower", "x", "lower", "known", "Known so far, or gradients",
        "Where there is no room for both: on the way forward it is what is known so far, on the "
        "way back the gradients, until this key says otherwise.",
        "Backprop", 4, "backprop",
    ),
    Key(
        "backprop.made_of", "m", "panel('matrices', 'made_of')", "made of",
        "What the gradient is made of",
        "Back to the micro-step that added to the marked gradient last, with its formula.",
        "Backprop", 6, "backprop",
    ),
    Key(
        "backprop.check", "c", "panel('matrices', 'check')", "check",
        "Check the marked weight's gradient",
        "Moves the weight a little and sees what the loss does: that is the derivative, too.",
        "Backprop", 6, "backprop",
    ),
    Key(
        "backprop.check_all", "C", "app.send('CheckNetwork')", "check", "Check all gradients",
        "The same for every weight; of a large network for some of them.",
        "Backprop", 6, "backprop",
    ),
    Key(
        "gradients.up", "up", "panel('flow', 'move', -1)", "whose error", "Earlier target",
        "The bars show how far back the error of this time step reaches.",
        "Gradients", 2, "gradients",
    ),
    Key(
        "gradients.down", "down", "panel('flow', 'move', 1)", "whose error", "Later target",
        "The bars show how far back the error of this time step reaches.",
        "Gradients", 2, "gradients",
    ),
    Key(
        "gradients.layer", "l", "panel('flow', 'next_layer')", "layer", "Next layer",
        "The layers from the top down, then the cell state of an LSTM, then what is read.",
        "Gradients", 7, "gradients",
    ),
    Key(
        "gradients.text", "/", "text", "your text", "Your own text",
        "Instead of the beginning of the text it learns.",
        "Gradients", 6, "gradients", urgent=True,
    ),
    Key(
        "memory.next", "tab", "look(1)", "look", "Next look",
        "{memory.previous} goes to the one before.",
        "Memory", 3, "memory",
    ),
    Key(
        "memory.previous", "shift+tab", "look(-1)", "look", "The look before",
        "{memory.next} goes to the next.",
        "Memory", 0, "memory",
    ),
    Key(
        "memory.text", "/", "text", "your text", "Your own text",
        "Instead of the beginning of the text it learns.",
        "Memory", 6, "memory", urgent=True,
    ),
    Key(
        "influence.left", "left", "panel('influence_text', 'move', -1)", "place", "Place before",
        "Whose prediction is looked at: all that is shaded was read before it.",
        "Influence", 2, "influence",
    ),
    Key(
        "influence.right", "right", "panel('influence_text', 'move', 1)", "place", "Next place",
        "Behind a text of your own it is what the network would write next.",
        "Influence", 2, "influence",
    ),
    Key(
        "influence.up", "up", "panel('influence_text', 'move_line', -1)", "place", "A line up",
        "The place above.",
        "Influence", 2, "influence",
    ),
    Key(
        "influence.down", "down", "panel('influence_text', 'move_line', 1)", "place",
        "A line down",
        "The place below.",
        "Influence", 2, "influence",
    ),
    Key(
        "units.up", "up", "panel('units_list', 'move', -1)", "unit", "Unit above",
        "The text takes the colors of the unit in the marked row.",
        "Units", 2, "units",
    ),
    Key(
        "units.down", "down", "panel('units_list', 'move', 1)", "unit", "Unit below",
        "First a row for each thing that can be followed, with the unit that does it best; then "
        "the other units.",
        "Units", 2, "units",
    ),
    Key(
        "units.kind", "o", "panel('units_list', 'next_kind')", "h c gates", "h, c or a gate",
        "What of the units is looked at: what they show, what an LSTM keeps, how far each gate is "
        "open.",
        "Units", 5, "units",
    ),
    Key(
        "units.pattern", "x", "pattern", "your pattern", "A pattern of your own",
        "A regular expression: the list is then of units that are on, or off, where it matches.",
        "Units", 7, "units", urgent=True,
    ),
    Key(
        "surprise.up", "up", "panel('surprise_dearest', 'move', -1)", "dearest",
        "The one before",
        "Marks a character that cost much, in the list and in the text.",
        "Surprise", 2, "surprise",
    ),
    Key(
        "surprise.down", "down", "panel('surprise_dearest', 'move', 1)", "dearest",
        "The next dearest",
        "Marks the one that cost next most.",
        "Surprise", 2, "surprise",
    ),
    Key(
        "surprise.mark", "m", "panel('surprise_kinds', 'mark')", "mark", "Compare with now",
        "From then on the kinds of place are compared with this moment.",
        "Surprise", 5, "surprise",
    ),
    Key(
        "weights.left", "left", "panel('weights_picture', 'move', (0, -1))", "weight",
        "Weight to the left",
        "Marks it: the frame says its value, and from where to where it leads.",
        "Weights", 4, "weights",
    ),
    Key(
        "weights.right", "right", "panel('weights_picture', 'move', (0, 1))", "weight",
        "Weight to the right",
        "Marks it: the frame says its value, and from where to where it leads.",
        "Weights", 4, "weights",
    ),
    Key(
        "weights.up", "up", "panel('weights_picture', 'move', (-1, 0))", "weight",
        "Weight above",
        "Marks it: the frame says its value, and from where to where it leads.",
        "Weights", 4, "weights",
    ),
    Key(
        "weights.down", "down", "panel('weights_picture', 'move', (1, 0))", "weight",
        "Weight below",
        "Marks it: the frame says its value, and from where to where it leads.",
        "Weights", 4, "weights",
    ),
    Key(
        "weights.far_left", "shift+left", "panel('weights_picture', 'move', (0, -8))", "weight",
        "Far to the left",
        "The same in larger steps.",
        "Weights", 0, "weights",
    ),
    Key(
        "weights.far_right", "shift+right", "panel('weights_picture', 'move', (0, 8))", "weight",
        "Far to the right",
        "The same in larger steps.",
        "Weights", 0, "weights",
    ),
    Key(
        "weights.far_up", "shift+up", "panel('weights_picture', 'move', (-8, 0))", "weight",
        "Far up",
        "The same in larger steps.",
        "Weights", 0, "weights",
    ),
    Key(
        "weights.far_down", "shift+down", "panel('weights_picture', 'move', (8, 0))", "weight",
        "Far down",
        "The same in larger steps.",
        "Weights", 0, "weights",
    ),
    Key(
        "weights.next", "m", "panel('weights_picture', 'next_parameter', 1)", "matrix",
        "Next parameter",
        "W_xh, W_hh, b, W_hy, b_y; {weights.previous} goes to the one before.",
        "Weights", 5, "weights",
    ),
    Key(
        "weights.previous", "M", "panel('weights_picture', 'next_parameter', -1)", "matrix",
        "The parameter before",
        "{weights.next} goes to the next.",
        "Weights", 0, "weights",
    ),
    Key(
        "weights.shown", "g", "panel('weights_picture', 'show_next')", "change",
        "What the last update changed",
        "First what it added to each weight, then the weights it began with, then those of now.",
        "Weights", 5, "weights",
    ),
    Key(
        "weights.type", "i", "panel('weights_picture', 'type_value')", "type",
        "Type another value",
        "Of the marked weight, while training stands still. {time.back} takes it back.",
        "Weights", 2, "weights", urgent=True,
    ),
    Key(
        "weights.zero", "delete", "panel('weights_picture', 'zero_unit')", "zero a unit",
        "Zero the marked weight's hidden unit",
        "All that goes into it and comes out of it: the network is smaller by a unit.",
        "Weights", 2, "weights",
    ),
    Key(
        "weights.scale_down", "d", "panel('weights_picture', 'scale_recurrent', -1)", "W_hh",
        "Smaller W_hh",
        "Times 0.9: what is remembered fades faster.",
        "Weights", 3, "weights",
    ),
    Key(
        "weights.scale_up", "u", "panel('weights_picture', 'scale_recurrent', 1)", "W_hh",
        "Larger W_hh",
        "Divided by 0.9: it lasts longer, and gradients may explode.",
        "Weights", 3, "weights",
    ),
    Key(
        "weights.factor", "x", "panel('weights_picture', 'type_factor')", "factor",
        "W_hh times a factor of yours",
        "A small one cuts the network off from its past.",
        "Weights", 7, "weights", urgent=True,
    ),
    Key(
        "weights.bias_down", "c", "panel('weights_picture', 'turn_bias', -1)", "keeping",
        "Close the gate that keeps",
        "A lower bias for all units of the layer, an LSTM's b_f or a GRU's b_z: it forgets sooner.",
        "Weights", 5, "weights",
    ),
    Key(
        "weights.bias_up", "o", "panel('weights_picture', 'turn_bias', 1)", "keeping",
        "Open the gate that keeps",
        "It forgets later: at 2 a gate without input keeps 88 %.",
        "Weights", 5, "weights",
    ),
    Key(
        "race.up", "up", "app.send('Choose', -1)", "mark", "Network above",
        "Marks it (▸): the other screens show this one.",
        "Race", 2, "race",
    ),
    Key(
        "race.down", "down", "app.send('Choose', 1)", "mark", "Network below",
        "Marks it (▸): the other screens show this one.",
        "Race", 2, "race",
    ),
    Key(
        "race.open", "enter", "open", "open", "Open the marked network",
        "In the other screens; {race.back} comes back. Where one network runs alone, the others "
        "begin to race it.",
        "Race", 3, "race",
    ),
    Key(
        "race.pace", "t", "app.control('turn_pace')", "pace", "Equal updates or flat out",
        "At equal updates the networks wait for one another; flat out each is as fast as it can "
        "be, and they share the processor's cores.",
        "Race", 5, "race",
    ),
    Key(
        "race.drop", "d", "app.control('drop')", "drop", "Drop the marked network",
        "Asks once more; the others go on.",
        "Race", 12, "race",
    ),
    Key(
        "race.axis", "x", "panel('curves', 'next_axis')", "axis",
        "Updates, characters or seconds",
        "What the curves are drawn over. Seconds are those at work: waiting is not counted.",
        "Race", 6, "race",
    ),
    Key(
        "race.log", "l", "panel('curves', 'toggle_log')", "log", "Logarithmic or linear loss",
        "The logarithmic scale shows small losses better.",
        "Race", 15, "race",
    ),
    Key(
        "race.unit", "u", "panel('curves', 'next_unit')", "measure", "Unit of the loss",
        "Nats, bits (nats / 0.693), or perplexity: among how many characters a network is torn.",
        "Race", 16, "race",
    ),
    Key(
        "race.prefix", "/", "prefix", "prefix", "One prefix for all networks",
        "A beginning of your own; what each network expects after it stands side by side.",
        "Race", 7, "race", urgent=True,
    ),
    Key(
        "race.back", "escape", "race_back", "race", "Back to the race",
        "From the screens of one of its networks.",
        "Screens", 3, "racing",
    ),
    Key(
        "lesson.on", "enter", "lesson_on", "answer, go on", "Answer, and go on",
        "Leads to the line for the answer, from an answer to the next question, and from the last "
        "one to the next lesson. Where a key is asked for, it shows which.",
        "Lesson", 1, "lesson", urgent=True,
    ),
    Key(
        "lesson.again", "A backspace", "lesson_again", "see it again", "Begin the step anew",
        "The network is begun again and led to the moment of the question.",
        "Lesson", 3, "lesson",
    ),
    Key(
        "lesson.leave", "escape", "lesson_leave", "free play", "Leave the lesson",
        "The run stays exactly as it is; {app.lessons} brings the lesson back.",
        "Lesson", 2, "lesson",
    ),
    Key(
        "answer.give", "enter", "give", "answer", "Give the answer",
        "A letter of those before the answers; or a number, which can be reckoned, with ln and "
        "exp too.",
        "Lesson", 1, "answer",
    ),
    Key(
        "answer.screen", "tab", "app.next_screen", "next screen", "The next screen",
        "The question and what is typed stay. While a number is asked for, digits are the answer, "
        "and this leads to the other screens.",
        "Lesson", 3, "answer", urgent=True,
    ),
    Key(
        "answer.leave", "escape", "leave", "back to the keys", "Leave the line",
        "To look around first; what was typed stays.",
        "Lesson", 2, "answer", urgent=True,
    ),
    Key(
        "text.leave", "escape enter", "leave", "back to the keys", "Leave the text",
        "It stays in the columns, and keys are commands again; an empty one goes away.",
        "Screens", 1, "text", urgent=True,
    ),
    Key(
        "number.take", "enter", "take", "take it",
        "Take the number",
        "Where it is none, the line says so and asks on.",
        "Weights", 1, "number",
    ),
    Key(
        "number.leave", "escape", "leave", "back to the keys",
        "Leave the number",
        "Nothing is changed.",
        "Weights", 2, "number", urgent=True,
    ),
    Key(
        "compare.up", "up", "mark(-1)", "mark", "Run above",
        "Marks it: its curve is drawn whole, above the others.",
        "Compare", 1, "compare",
    ),
    Key(
        "compare.down", "down", "mark(1)", "mark", "Run below",
        "Marks it: its curve is drawn whole, above the others.",
        "Compare", 1, "compare",
    ),
    Key(
        "compare.show", "space", "show", "hide", "Hide or show the marked run",
        "Its line in the table stays.",
        "Compare", 2, "compare",
    ),
    Key(
        "compare.only", "o", "only", "only", "The marked run alone",
        "Again: all of them.",
        "Compare", 8, "compare",
    ),
    Key(
        "compare.sort", "s", "sort", "sort", "Sort the table",
        "By the next column, those without a number last; after the last one as they were given.",
        "Compare", 4, "compare",
    ),
    Key(
        "compare.smooth", "m", "smooth", "smooth", "Smooth the curves",
        "Off, then more and more: each point becomes a mean of those before it.",
        "Compare", 5, "compare",
    ),
    Key(
        "compare.axis", "x", "axis", "axis", "Updates, epochs, characters or seconds",
        "What the curves are drawn over.",
        "Compare", 6, "compare",
    ),
    Key(
        "compare.loss", "v", "loss", "loss", "Training or validation loss",
        "The running mean, single updates, or the loss on text that is not learned from.",
        "Compare", 7, "compare",
    ),
    Key(
        "compare.log", "l", "log", "log", "Logarithmic or linear loss",
        "The logarithmic scale shows small losses better.",
        "Compare", 9, "compare",
    ),
    Key(
        "compare.log_along", "L", "log_along", "log", "Logarithmic or linear bottom axis",
        "The logarithmic scale shows the beginning better.",
        "Compare", 9, "compare",
    ),
    Key(
        "compare.cursor_left", "left", "cursor(-1)", "cursor", "Cursor to the left",
        "The table has the loss of each run there; a click puts it anywhere.",
        "Compare", 3, "compare",
    ),
    Key(
        "compare.cursor_right", "right", "cursor(1)", "cursor", "Cursor to the right",
        "The table has the loss of each run there; a click puts it anywhere.",
        "Compare", 3, "compare",
    ),
    Key(
        "compare.far_left", "shift+left [", "cursor(-10)", "cursor", "Cursor far to the left",
        "By several columns.",
        "Compare", 0, "compare",
    ),
    Key(
        "compare.far_right", "shift+right ]", "cursor(10)", "cursor", "Cursor far to the right",
        "By several columns.",
        "Compare", 0, "compare",
    ),
    Key(
        "compare.nearer", "+ =", "nearer(True)", "zoom", "Zoom in",
        "Less of the bottom axis, around the cursor; the wheel does it around the mouse.",
        "Compare", 10, "compare",
    ),
    Key(
        "compare.farther", "- _", "nearer(False)", "zoom", "Zoom out",
        "More of the bottom axis.",
        "Compare", 10, "compare",
    ),
    Key(
        "compare.whole", "w escape", "whole", "whole", "All of the chart",
        "Neither zoom nor cursor.",
        "Compare", 11, "compare",
    ),
    Key(
        "compare.table_left", "shift+tab", "scroll_table(-1)", "columns", "Columns to the left",
        "Where the table is wider than the window.",
        "Compare", 12, "compare",
    ),
    Key(
        "compare.table_right", "tab", "scroll_table(1)", "columns", "Columns to the right",
        "Where the table is wider than the window.",
        "Compare", 12, "compare",
    ),
    Key(
        "compare.quit", "q", "app.quit", "quit", "Leave the comparison",
        "Nothing is changed by it.",
        "Compare", 1, "compare",
    ),
    Key(
        "app.help", "? f1", "help", "help", "Help",
        "This page.",
        "Program", 4,
    ),
    Key(
        "help.close", "escape ? f1 q", "dismiss(None)", "back", "Leave the help",
        "Back to the pictures.",
        "Program", 1, "help",
    ),
    Key(
        "app.glossary", "G", "glossary", "words", "What the words mean",
        "Those of this screen first; type to search. Also the questions that readers of a first "
        "text on recurrent networks have.",
        "Program", 19,
    ),
    Key(
        "glossary.close", "escape", "dismiss(None)", "back", "Leave the words",
        "Back to the pictures.",
        "Program", 1, "glossary",
    ),
    Key(
        "glossary.up", "up", "scroll(-1)", "scroll", "Scroll up",
        "By a line.",
        "Program", 2, "glossary",
    ),
    Key(
        "glossary.down", "down", "scroll(1)", "scroll", "Scroll down",
        "By a line.",
        "Program", 2, "glossary",
    ),
    Key(
        "glossary.page_up", "pageup", "scroll_page(-1)", "scroll", "Scroll far up",
        "By what is seen.",
        "Program", 2, "glossary",
    ),
    Key(
        "glossary.page_down", "pagedown", "scroll_page(1)", "scroll", "Scroll far down",
        "By what is seen.",
        "Program", 2, "glossary",
    ),
    Key(
        "app.zoom", "z", "zoom", "zoom", "One panel as large as the window",
        "For a projector. Again: the next panel; after the last one all of them, or in a "
        "window below 60×18, which always has one, the first.",
        "Program", 17,
    ),
    Key(
        "app.copy", "y", "copy('page')", "copy", "Copy what the page shows",
        "On {screen.race} the table; on {screen.train} what follows your prefix, or without one "
        "the newest sample; on {screen.unrolled} the marked time step's numbers; on "
        "{screen.backprop} the marked weight and its gradient; on {screen.gradients} and "
        "{screen.memory} the sentences, or the marked weight.",
        "Program",
    ),
    Key(
        "app.lessons", "L", "lessons", "lessons", "Lessons",
        "They ask first, beside these screens, on a run of their own: this one is left, and kept "
        "as when you quit. From a lesson that was put aside: back to it.",
        "Program",
    ),
    Key(
        "app.palette", "ctrl+p :", "command_palette", "all commands", "All commands",
        "Search them by name; the colors (themes) are there too.",
        "Program", 18,
    ),
    Key(
        "app.language", "K", "language", "language", "Language (English, 한국어)",
        "The screen in the next of the languages there are; --language and the settings file say "
        "in which it begins.",
        "Program",
    ),
    Key(
        "app.suspend", "ctrl+z", "suspend_process", "suspend", "Back to the shell for a while",
        "Training stands still meanwhile; fg in the shell brings it back.",
        "Program",
    ),
    Key(
        "app.quit", "q", "quit", "quit", "Quit",
        "Leave the program. {train.save} saves the network first.",
        "Program", 3,
    ),
)  # fmt: skip
