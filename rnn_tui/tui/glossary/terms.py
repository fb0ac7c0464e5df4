"""What the words and symbols on the screens mean, for a beginner."""

from rnn_tui.tui.glossary.term import Term

NETWORK: tuple[Term, ...] = (
    Term(
        "vocabulary",
        "All the different characters of the text. The network can read and write nothing else. "
        "Their number is V.",
        ("train",),
        "V",
    ),
    Term(
        "one-hot",
        "How a character is handed to the network: as many numbers as the vocabulary has "
        "characters, 1 at its own place and 0 at all others.",
        ("unrolled",),
        "x_t",
    ),
    Term(
        "time step",
        "One character read and one foretold. Time means place in the text, not seconds.",
        ("train", "unrolled", "backprop", "gradients"),
        "t",
    ),
    Term(
        "hidden state",
        "The numbers that a recurrent network hands on from one time step to the next: its whole "
        "memory of what it has read. At the beginning they are 0.",
        ("unrolled", "backprop", "gradients", "memory"),
        "h_t",
    ),
    Term(
        "unit",
        "One number of the hidden state, and all weights that make it.",
        ("unrolled", "backprop", "memory"),
        "neuron",
    ),
    Term(
        "W_xh",
        "The weights from what is read to the hidden state. A one-hot vector picks out the one "
        "column that is its character's.",
        ("unrolled", "backprop", "memory"),
        "W_x in many texts, weight_ih in PyTorch",
    ),
    Term(
        "W_hh",
        "The weights from the hidden state of the step before to this one's: the only way from "
        "the past to the present.",
        ("unrolled", "backprop", "gradients", "memory"),
        "W_h in many texts, weight_hh in PyTorch",
    ),
    Term(
        "W_hy",
        "The weights from the hidden state to the logits, a row for each character.",
        ("unrolled", "backprop", "memory"),
        "W_y in many texts",
    ),
    Term(
        "b, b_y",
        "Biases: numbers that are added whatever is read, b on the way to the hidden state, b_y "
        "to the logits.",
        ("backprop", "memory"),
        "bias",
    ),
    Term(
        "weights",
        "All numbers that training changes. They are the same at every time step.",
        ("backprop", "memory"),
        "parameters",
    ),
    Term(
        "activation",
        "Bends the sum that goes into a unit. tanh squeezes it to between −1 and 1, ReLU makes 0 "
        "of what is negative. Without it all layers together would be one multiplication.",
        ("unrolled", "backprop"),
        "tanh, ReLU, f",
    ),
    Term(
        "saturated",
        "So near to −1 or 1 that tanh is almost flat there: the unit hardly moves, and hardly any "
        "error gets through it.",
        ("train", "gradients"),
    ),
    Term(
        "gate",
        "A number between 0, closed, and 1, open, by which another one is multiplied. An LSTM or "
        "GRU learns when to open and to close it.",
        ("unrolled", "memory"),
        "sigmoid, σ",
    ),
    Term(
        "input gate",
        "LSTM: how much of the new is written into the cell state.",
        ("unrolled", "memory"),
        "i",
    ),
    Term(
        "forget gate",
        "LSTM: how much of the cell state is kept. 1 keeps all, 0 forgets all.",
        ("unrolled", "memory"),
        "f",
    ),
    Term(
        "candidate",
        "The new value that is offered, between −1 and 1; the gates decide how much of it counts. "
        "g of an LSTM, n of a GRU.",
        ("unrolled", "memory"),
        "g, n",
    ),
    Term(
        "output gate",
        "LSTM: how much of the cell state is shown as hidden state. This o is no letter of the "
        "text.",
        ("unrolled", "memory"),
        "o",
    ),
    Term(
        "cell state",
        "LSTM: a second memory beside h_t. It is multiplied by the forget gate and added to, "
        "never by a matrix, so it can stay as it is for long.",
        ("unrolled", "gradients", "memory"),
        "c_t",
    ),
    Term(
        "reset gate, update gate",
        "GRU: how much of the past goes into the candidate, and how much of the old hidden state "
        "is kept.",
        ("unrolled", "memory"),
        "r, z",
    ),
    Term(
        "dense network, CNN",
        "Networks without a hidden state, for comparison. A dense one sees the last few "
        "characters at once, a CNN (convolutional network) builds its view layer by layer; what "
        "lies further back they cannot know.",
        ("unrolled",),
        "feed-forward, causal convolution",
    ),
)

PREDICTIONS: tuple[Term, ...] = (
    Term(
        "logit",
        "A number for each character, of any size: the larger beside the others, the likelier it "
        "is that this one comes next.",
        ("unrolled", "backprop"),
        "y_t",
    ),
    Term(
        "softmax",
        "Makes probabilities of logits: e to the power of each, divided by the sum of all.",
        ("train", "unrolled", "backprop"),
        "p_t",
    ),
    Term(
        "target",
        "The character that really comes next, marked ▸.",
        ("train", "unrolled", "backprop", "gradients"),
    ),
    Term(
        "loss",
        "How surprised the network is by the target, −ln p(target): 0 when it was certain. Of a "
        "window it is the mean over its time steps. Training makes it smaller.",
        ("train", "unrolled", "backprop"),
        "L, cross-entropy",
    ),
    Term(
        "nat",
        "The unit of the loss. 0.69 nats is a coin toss; 1 nat is 1.44 bits.",
        ("train", "unrolled"),
        "nats",
    ),
    Term(
        "bit",
        "Another unit for the same, log₂ in the place of ln: 1 bit is a coin toss.",
        ("train", "memory"),
    ),
    Term(
        "perplexity",
        "Among how many equally likely characters it would be as torn: e to the power of the loss "
        "in nats.",
        ("train",),
    ),
    Term(
        "unsure",
        "How spread out the probabilities are, whatever comes then; 0 bits where it is certain.",
        ("train",),
        "entropy",
    ),
    Term(
        "uniform",
        "The line of blind guessing: every character alike, ln V nats.",
        ("train",),
    ),
    Term(
        "unigram",
        "The line of who knows how often each character comes, and nothing else.",
        ("train",),
    ),
    Term(
        "bigram",
        "The line of who knows the last character and how often each one follows it. Below it the "
        "network makes use of more than the last character.",
        ("train",),
    ),
    Term(
        "least possible",
        "The loss that nothing can get below, because the text itself leaves choices open. Drawn "
        "where it is known.",
        ("train",),
        "floor",
    ),
    Term(
        "chance",
        "A ? marks a character to which even the rule of the text gives half a chance at most. "
        "The rules of most built-in texts are known. Beside the mean loss of some steps stands the "
        "one of who knows the rule: with luck a network is below it, or where it knows the text by "
        "heart.",
        ("train", "unrolled", "gradients"),
        "?",
    ),
    Term(
        "sample",
        "A text the network writes: it draws a character by its probabilities, reads it, and "
        "draws the next.",
        ("train",),
    ),
    Term(
        "temperature",
        "What logits are divided by before a sample is drawn. Below 1 safer, above 1 wilder, 0 "
        "always the likeliest.",
        ("train",),
    ),
    Term(
        "prefix",
        "A beginning of your own, after which the network is asked what comes next.",
        ("train",),
    ),
)

LEARNING: tuple[Term, ...] = (
    Term(
        "update",
        "One look at a window of the text and one small change of all weights.",
        ("train", "backprop"),
        "iteration, training step",
    ),
    Term(
        "window",
        "How many time steps one update reads, and how far back its errors can go.",
        ("train", "unrolled", "gradients"),
        "sequence length, T",
    ),
    Term(
        "batch",
        "Several windows that are read side by side in one update; the weights get their mean.",
        ("backprop",),
    ),
    Term("epoch", "One pass over the whole text.", ("train",)),
    Term(
        "gradient",
        "For every weight, how much the loss grows when the weight does. An update goes the other "
        "way.",
        ("backprop", "gradients"),
        "dW, dL/dW",
    ),
    Term(
        "backpropagation through time",
        "How all gradients are found in one walk from the last time step to the first: each "
        "step's error goes on into the step before it.",
        ("backprop", "gradients"),
        "BPTT",
    ),
    Term(
        "micro-step",
        "One of the pieces into which screen {screen.backprop} takes an update apart.",
        ("backprop",),
    ),
    Term(
        "dh, da",
        "How much the loss changes with the hidden state, dh, and with the sum that goes into the "
        "activation, da.",
        ("backprop",),
        "dL/dh",
    ),
    Term(
        "learning rate",
        "How far an update moves the weights. {rate.lower} and {rate.raise} turn it.",
        ("train", "backprop"),
        "lr, η",
    ),
    Term(
        "optimizer",
        "What makes a step of the gradient. SGD takes it as it is; momentum, Adagrad, RMSProp and "
        "Adam remember earlier ones.",
        ("backprop",),
        "SGD, Adam …",
    ),
    Term(
        "norm",
        "The length of all gradients together: the root of the sum of their squares.",
        ("backprop", "gradients"),
        "‖g‖",
    ),
    Term(
        "clipping",
        "A gradient that is too long is shortened to a greatest length; its direction stays.",
        ("backprop", "gradients"),
        "clip",
    ),
    Term(
        "warm-up",
        "The first updates, in which the learning rate rises from near 0 to its value: an "
        "untrained network is not moved far by its first gradients.",
        ("train",),
    ),
    Term(
        "weight decay",
        "Every update first makes all weights smaller by the same small part, so that only those "
        "stay large that the text asks for again and again.",
        ("train",),
        "AdamW with Adam, λ",
    ),
    Term(
        "dropout",
        "While it learns, a part of what one layer hands to the next is left out, other values in "
        "every update, so that no unit can rely on another. Samples, predictions and validation "
        "leave nothing out.",
        ("train",),
    ),
    Term(
        "vanishing",
        "On its way back through time an error is multiplied at every step. Where that makes it "
        "smaller each time, hardly anything arrives from far back, and what was read there cannot "
        "be learned.",
        ("gradients",),
    ),
    Term(
        "exploding",
        "The same with factors above 1: the error grows on its way back, and an update may throw "
        "the weights far away. Clipping keeps it small.",
        ("gradients",),
    ),
    Term(
        "validation",
        "A part of the text that the network does not learn from. Where its loss rises while the "
        "other falls, the text is being learned by heart.",
        ("train",),
        "val, overfitting",
    ),
    Term(
        "seed",
        "The number that all drawing of lots begins with: the same seed, the same run.",
        ("train",),
    ),
    Term(
        "branch",
        "Another way on from a past moment; the curve that was left stays as a ghost.",
        ("train",),
        "ghost",
    ),
    Term(
        "checkpoint",
        "A file with the network and all that is needed to train on exactly from there.",
        ("train",),
    ),
)

MEMORY: tuple[Term, ...] = (
    Term(
        "influence",
        "How much an earlier character moved a prediction: it is exchanged for others of its "
        "kind, and the text is read anew.",
        ("memory",),
    ),
    Term(
        "gradient × input",
        "The same as a straight line through the present point foretells it: quick, and wrong "
        "where the network bends.",
        ("memory",),
    ),
    Term(
        "AUC",
        "The probability that a unit is higher at a character where something is so than at one "
        "where it is not. 0.5 says nothing, 1 all.",
        ("memory",),
    ),
    Term(
        "correlation",
        "How closely two rows of numbers rise and fall together, from −1 to 1; 0 is not at all.",
        ("memory",),
        "r",
    ),
    Term(
        "surprise",
        "What a character cost, −log₂ p: in bits.",
        ("memory",),
    ),
    Term(
        "memory span",
        "How many steps back a character can still be read out of the hidden state, by a linear "
        "read-out that was not taught on the text it is tested on.",
        ("memory",),
    ),
    Term(
        "memorized",
        "What stands in a sample exactly as in the training text, underlined on screen "
        "{screen.train}.",
        ("train",),
        "learned by heart",
    ),
    Term(
        "spectral radius",
        "The largest factor by which W_hh alone can lengthen a state in the long run. Well below "
        "1 what is remembered fades, above 1 it can explode.",
        ("memory",),
        "ρ",
    ),
)

TERMS: tuple[Term, ...] = (*NETWORK, *PREDICTIONS, *LEARNING, *MEMORY)
