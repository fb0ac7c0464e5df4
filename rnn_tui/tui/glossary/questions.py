"""What readers of the textbook asked, each with the key that leads to where it can be seen."""

from rnn_tui.tui.glossary.term import Term

QUESTIONS: tuple[Term, ...] = (
    Term(
        "Why does it write helloooooo?",
        "Trained on hello alone, it never reads an o: o only ever comes last, as what has to be "
        "foretold. What follows o nobody has told it; it goes by a hidden state that training "
        "never saw. With seed 0 that means more o, with another ({train.new_seed}) something "
        "else. Press {screen.train} {prefix.enter} and type hello.",
        ("train",),
    ),
    Term(
        "Where are the weights?",
        "Press {screen.memory}, then {memory.next} until weights is underlined: every number of "
        "W_xh, W_hh, b, W_hy and b_y, to be read and, while training stands still, to be turned. "
        "Screen {screen.backprop} shows how one update moves each of them.",
        ("memory", "unrolled"),
    ),
    Term(
        "What do the three numbers of the hidden state mean?",
        "Nobody has chosen it, and with another seed ({train.new_seed}) they mean something else. "
        "What they are good for in hello can be seen on screen {screen.unrolled}: l is read "
        "twice, and the two columns have to differ, or the same letter would be foretold twice. "
        "On a longer text {screen.memory}, look units, tells which number follows what.",
        ("unrolled", "memory"),
    ),
    Term(
        "What is a nat?",
        "The unit of the loss, −ln p: how surprising it is that something comes to which p was "
        "given. Nothing for p = 1, 0.69 for a coin toss, 1.39 for one of four characters without "
        "an idea which, 2.30 for p = 0.1. One nat is 1.44 bits; on screen {screen.train} "
        "{chart.unit} changes the unit.",
        ("train", "unrolled"),
    ),
    Term(
        "Why is there a line at 0.347 in hello?",
        "It is the loss of somebody who knows only the last character. After h comes e, after e "
        "comes l: that costs nothing. After l comes l once and o once: half and half, ln 2 = "
        "0.693 each time. Over four time steps that is 2 · 0.693 / 4 = 0.347. The network gets "
        "below it, for its hidden state tells the first l from the second. The chart on "
        "screen {screen.train} has the line, and rnn-tui learn wall plays it through.",
        ("train",),
    ),
    Term(
        "Why is the column of o in dW_xh always 0?",
        "Because in hello o is never read: a one-hot vector whose 1 is elsewhere takes nothing "
        "from that column of W_xh, so nothing in it did anything to the loss. On screen "
        "{screen.backprop} go to the end with {backprop.last} and mark a weight of that column: "
        "the frame says so.",
        ("backprop",),
    ),
    Term(
        "Does a prefix start with an empty memory?",
        "Yes. Before its first character the hidden state is 0, whatever training has just read. "
        "On screen {screen.train} press {prefix.enter} and compare l with hel: after l alone the "
        "network cannot know which of the two it is. On screen {screen.unrolled} {unrolled.wipe} "
        "empties the memory in the middle of a text: it reads on as if the text began there.",
        ("train", "unrolled"),
    ),
    Term(
        "Why is the epoch one more than the update?",
        "The header on screen {screen.train} counts updates that are done, and names the epoch "
        "that is going on. hello is one window long, so each update is an epoch: before the first "
        "update the first epoch is going on. In a longer text an epoch takes many updates.",
        ("train",),
    ),
    Term(
        "Is vanishing bad here?",
        "Only where something is left to be learned from far back. When the loss is nearly as "
        "small as it can be, errors are small everywhere, and little arrives because little is "
        "sent. The sentence on screen {screen.gradients} says which of the two it is.",
        ("gradients",),
    ),
    Term(
        "What does it mean that one cell is copied?",
        "All columns on screen {screen.unrolled} are the same network with the same weights, "
        "drawn once for every time step; only what is read and the hidden state differ. Twice as "
        "many steps have not one weight more, and in an update each weight gets the sum of what "
        "all steps say about it: {screen.backprop} shows that sum grow.",
        ("unrolled", "backprop"),
    ),
    Term(
        "What would a network without memory do?",
        "It would give the same answer after both l of hello and stay at the line called bigram. "
        "rnn-tui race hello --networks rnn,dense --context 1 lets one that sees a single "
        "character learn beside one that remembers. On screen {screen.memory}, look weights, W_hh "
        "times 0 ({weights.factor}) takes the memory away from a network that has one; on screen "
        "{screen.unrolled} {unrolled.wipe} takes it away at one step.",
        ("train", "unrolled", "memory"),
    ),
)
