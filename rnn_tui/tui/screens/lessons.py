"""What the help says about each screen that looks inside: what one sees, why, what to try."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lesson:
    """One screen's page."""

    title: str
    text: str
    equations: tuple[str, ...]
    trials: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it that can be translated."""
        return (self.title, self.text, *self.equations, *self.trials)


UNROLLED = Lesson(
    "The network unrolled in time",
    "Read it from below; time runs to the right. At each time step the network reads one "
    "character as a one-hot vector: 1 at its place, 0 elsewhere. W_xh makes hidden numbers of it, "
    "W_hh adds what is remembered of the steps before, and tanh squeezes the sum to between −1 "
    "and 1: the hidden state, blue where positive, orange where negative. W_hy makes one number "
    "of it for every character, its logit. ▸ and green is the character that really comes next: "
    "training makes this number larger and the red ones smaller. × is the favorite where it is a "
    "wrong one. Below stands what the prediction cost, with a ? where that is chance. "
    "All columns have the same three matrices: "
    "they are one network, drawn once for every time step; where there is room it stands on the "
    "left as it is before it is unrolled, one cell with an arrow back to itself. "
    "In an LSTM or GRU, {unrolled.gates} "
    "opens the cell and shows the gates of the marked unit. {unrolled.made_of} shows the formulas "
    "that the marked step's numbers come from, filled in. A network without a hidden state is "
    "drawn in its own way. Dense: at every time step the last few characters, those before the "
    "beginning empty, all go into the hidden layer at once; nothing goes from step to step, and "
    "the marked step's window stands below on the text. CNN: above the text a row for each layer "
    "of convolutions, the marked unit's number at every time step, and in brackets what the marked "
    "step is made of: each layer reads the one below, its taps twice as far apart, down to the "
    "characters. An experiment asks what the network would say if one thing were otherwise: "
    "{unrolled.wipe} makes all 0 that the marked step hands on, {unrolled.type} types one number "
    "of it (of an LSTM's c {unrolled.type_c}), {unrolled.exchange} has the step read another "
    "character. What follows is worked out anew from there, before and now beside each other; what "
    "has become another number has ≠ or is underlined. Network and training are not touched: while "
    "training goes on, the same is asked after every update, until {unrolled.put_back} puts it "
    "back or another text is looked at.",
    (
        "h_t = tanh(W_xh x_t + W_hh h_{t−1} + b)",
        "y_t = W_hy h_t + b_y",
        "p_t = softmax(y_t): p_k = e^{y_k} / Σ_j e^{y_j}",
        "L_t = −ln p_t(target)",
        "dense: h_t = tanh(W¹ [x_{t−K+1} … x_t] + b)",
        "CNN: h_t of a layer = h_t below + tanh(Σ_j W[j] h_{t−(k−1−j)d} below + b)",
    ),
    (
        "Let hello learn and watch the last two columns. Both read l; only the hidden state can "
        "tell them apart.",
        "Put the mark on the first l of hello and press {unrolled.wipe}: what does the second l "
        "become without a memory of the first? At which step does wiping cost most?",
        "Press {unrolled.text} and type a text of your own: what does the network make of an "
        "order of characters that it has never seen?",
        "Press {unrolled.probabilities}: the same logits as probabilities. Between two "
        "characters, a logit larger by 2.2 means 90 to 10.",
        "Start with --cell lstm, press {unrolled.gates}, and see which gates stay near 0 or 1.",
        "Train on corpora/distance.txt with --network cnn and put the mark on =: does the digit "
        "that has to come next lie under the pyramid?",
    ),
)

BACKPROP = Lesson(
    "One update, step by step",
    "Everything that one update computes, in its order. Forward: hidden state, logits, "
    "probabilities, loss of every time step. The loss: their mean. Backward, from the last time "
    "step to the first: each step's own error, which is how far the probabilities are from the "
    "right answer, plus what comes back from the step after it; through the activation; and on "
    "into the past. The same weights work at every step, so what the steps say about them is "
    "added up: the matrices at the bottom fill. A gradient that is too long is then clipped, and "
    "the optimizer moves the weights. Looking changes nothing: the end of the walk is what "
    "{train.step} does, bit for bit, and going back undoes it. With a batch, vectors are those of "
    "one sequence; the matrices add up all of them. A network without a hidden state has no time "
    "in its backward pass: each prediction's error goes down through the layers by itself, in a "
    "CNN through the taps to the steps that they read, and the weights add up all time steps at "
    "once. Forward, its layers show what each place of the window adds.",
    (
        "dy_t = (p_t − one-hot of the target) / T",
        "dh_t = W_hyᵀ dy_t + W_hhᵀ da_{t+1}",
        "da_t = dh_t ⊙ (1 − h_t²)",
        "dW_hh = Σ_t da_t h_{t−1}ᵀ    dW_xh = Σ_t da_t x_tᵀ    dW_hy = Σ_t dy_t h_tᵀ",
        "dense: dh_t of a layer = Wᵀ da_t of the one above",
        "CNN: dh_t of a layer = dh_t above + Σ_j W[j]ᵀ da_{t+(k−1−j)d} above",
    ),
    (
        "On hello: how large is dh at step 4, and how much of it has arrived at step 1?",
        "Press {backprop.check}: the marked weight is moved a little, and what the loss does then "
        "is its gradient, too. Both numbers agree to many digits, or the program is wrong: unless "
        "the gradient is too small to tell, or a ReLU changes sides. Amid the walk it is moved in "
        "the time steps summed up so far only. {backprop.check_all} does it for all weights.",
        "Start with --activation relu: da is dh or 0, and nothing between.",
        "Start with --network dense: which of the characters it sees adds most to a hidden unit? "
        "With --network cnn: how does an error get from the last step to the first, without a "
        "hidden state to carry it?",
        "Set the learning rate high with {rate.raise} and go through an update with "
        "{backprop.last}: how far does one weight move?",
    ),
)

GRADIENTS = Lesson(
    "How far back an error reaches",
    "Row t, column k: how much a change of the hidden state at step k changes the loss of time "
    "step t; bright is much, on a logarithmic scale. Every step back multiplies by the slope of "
    "the activation and by W_hh. If that makes it smaller each time, little arrives far back: less "
    "than 1 % over half of the distances is called vanishing, for nothing can be learned from what "
    "was read so long ago. If larger, much arrives: from ten times as much on it is called "
    "exploding, and clipping keeps the update small. The bars are the row marked ▸; where they "
    "fall along a straight line, the factor is the same at every step. "
    "Where a row ends in a question mark, nobody can foresee its target. The sentence tells the "
    "average factor over all rows, for all that one step hands on to the next: h of every layer, "
    "and an LSTM's c with it. The cell state is passed on through the forget gate and not through "
    "a matrix, so an error can go far along it; {gradients.layer} shows it, and the other layers, "
    "and the same for what was read in the place of the hidden state. A network without memory has "
    "that alone: a dense one sees the last few steps alike, a CNN a cone, and beyond is nothing.",
    (
        "∂L_t/∂h_k = ∂L_t/∂h_t · ∂h_t/∂h_{t−1} · … · ∂h_{k+1}/∂h_k",
        "∂h_t/∂h_{t−1} = diag(1 − h_t²) W_hh",
        "along an LSTM's cell state: ∂c_t/∂c_{t−1} = f_t",
    ),
    (
        "Train on corpora/distance.txt with --cell rnn, then with --cell lstm. Which error reaches "
        "further, and which network learns?",
        "Train on corpora/count.txt with --seq-length 4, then 20: an error never goes back beyond "
        "its window.",
        "Compare --activation tanh and relu. A unit that is 0 lets nothing through.",
        "Press {rate.raise} several times: when does the norm cross the clip line?",
    ),
)

MEMORY = Lesson(
    "What it remembers",
    "All that a recurrent network knows of what it has read is in its hidden state: a few "
    "numbers, handed on from step to step. Nobody chose what they mean; training did. Here they "
    "are made readable, one look at a time; {memory.next} goes to the next. What is read is the "
    "beginning of the training text; {window.on} goes on in it, {window.find} looks for a string, "
    "{window.part} changes to the validation text, {memory.text} to a text of your own.\n"
    "Influence: the mark stands on a character, and what was read before it is shaded by how much "
    "it did for the prediction there. Each earlier character is exchanged for others of its kind, "
    "a digit for other digits, and the whole text is read anew: blue made the marked character "
    "likelier than the others would have, orange less likely. Beside it, gradient × input: what a "
    "straight line through the present point foretells of the same. Where the two differ much, "
    "small steps do not tell what large ones do.\n"
    "Units: the text takes the colors of one unit, blue where it is above its mean and orange "
    "below. The list names for each thing that can be followed, such as quotation marks, brackets "
    "or the place in the line, the unit that does it best. AUC is the probability that the unit "
    "is higher at a character where it is so than at one where it is not: 0.5 says nothing, 1 "
    "all; r is the correlation with a number. Units are chosen on one half of the text and "
    "measured on the other, and nothing is claimed that the same labels give when they are moved "
    "along the text, or below an AUC of 0.55 and an r of 0.1. {units.pattern} takes a pattern of "
    "your own.\n"
    "Surprise: what each character of the text cost, in bits: 1 is a coin toss, 8 is one of 256. "
    "The list has the dearest, each with what was expected in its place, and the kinds of place "
    "divide all of it: a name is a word with a capital inside a sentence. They are compared with "
    "the moment when you began to look; {surprise.mark} takes another, which can be a past one "
    "({time.back}).\n"
    "Memory span: a linear read-out of the hidden state learns, on one half of the text, which "
    "character stood so many steps back, and is tested on the other half. Each bar is of the "
    "places where it tells most beyond guessing; the line across it is what guessing gets right "
    "there for whoever knows the present character and the next ones after the one that is "
    "sought, so that what follows from near characters is no memory. Beside it stands by how much "
    "predictions move when the character so many steps back is exchanged: what is there, and what "
    "is made use of.\n"
    "Weights: paused, each of them can be turned: {weights.type} types a number, {weights.zero} "
    "takes a hidden unit out, {weights.scale_down} {weights.scale_up} scale W_hh, "
    "{weights.bias_down} {weights.bias_up} close and open the gate that keeps. What the network "
    "makes of the text answers at once, before and now; the curve gets a mark and a branch, "
    "{time.back} takes it back. The optimizer remembers what it remembered: a weight that it was "
    "moving moves on.",
    (
        "exchange_k = ln p − mean over v of ln p[x_k → v]",
        "gradient × input_k = ∂ ln p / ∂x_k · x_k",
        "surprise_t = −log₂ p(x_t | x_1 … x_{t−1})",
    ),
    (
        "Train on corpora/distance.txt with --cell lstm and put the mark on the digit after =. "
        "Which characters moved it before the loss falls, and which after?",
        "The same text, memory span: how far back can be read before the loss falls, and after?",
        "Press {memory.text} and type hel: which letter of it does the next one rest on?",
        "Train on hello and put the mark on o: is it the l before it that counts, or what was "
        "before that?",
        "Train on corpora/brackets.txt with --hidden-size 16: does a unit come to be on inside "
        "brackets before the loss falls below the bigram line? {units.kind} shows c, which an "
        "LSTM keeps.",
        "Train on a text of your own and look at Surprise from the first update on: at which kind "
        "of place does it get better first, inside words or where they begin?",
        "At the weights, press {weights.scale_down} until the spectral radius is below 1. What "
        "becomes of the error on its way back, and does training bring the radius up again?",
        "Which hidden unit can hello do without? Zero each in turn and look at the loss; "
        "{time.back} brings it back.",
    ),
)

RACE = Lesson(
    "Several networks on one text",
    "A recurrent network is not the only one for sequences. A dense network sees a window of the "
    "last few characters and nothing before it; a causal CNN sees as far as its layers reach; RNN, "
    "LSTM and GRU carry a hidden state and have no such edge. Here they learn side by side, from "
    "the same seed, on the same windows in the same order, so that what differs between the curves "
    "is the network. At equal updates they wait for one another, and one sees who learns more from "
    "the same text; flat out, each is as fast as it can be, and one sees who is quicker on this "
    "computer. {race.pace} changes between the two. {train.pause}, {train.step}, {train.restart}, "
    "{train.save} and the speed are for all of them here, learning rate and temperature for the "
    "marked one.",
    (),
    (
        "Race on corpora/distance.txt: which curves stay above the others, and how far back does "
        "that text make a network look?",
        "Press {race.axis} twice: over the seconds at work, is the best one still the best?",
        "Mark one with {race.down}, press {race.open} and look inside it with {screen.unrolled}; "
        "{race.back} comes back.",
        "Press {race.prefix} and type a beginning: on which continuation do they disagree?",
    ),
)

LESSONS = (UNROLLED, BACKPROP, GRADIENTS, MEMORY, RACE)
