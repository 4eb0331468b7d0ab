//! The ranker: a softmax over candidates, nobody, and no quotation.

use std::collections::HashMap;

use quotetrace::model::{Feature, Model, Sink, write};
use quotetrace::speaker::learn::{Choice, CueChoice, ENGLISH_WORDS, Lexicon, choices, cue_choices};
use quotetrace::text::Text;
use quotetrace::{Limits, Span, quotation};

use crate::fit::{Decision, fit};
use crate::gold::{Article, Quote, core, same_mention};

/// Sizes of the models, as powers of two.
const SPEAKER: u32 = 17;
const CUE: u32 = 13;
const KIND: u32 = 13;

/// What a part is in the annotation.
enum Truth<'a> {
    Quote(&'a Quote),
    Nothing,
    /// Cannot be told: markup, or marks paired otherwise.
    Unclear,
}

/// The three models, as they are shipped.
pub(crate) struct Models {
    pub(crate) speaker: Vec<u8>,
    pub(crate) cue: Vec<u8>,
    pub(crate) kind: Vec<u8>,
}

pub(crate) fn parts(text: &Text<'_>) -> Vec<Span> {
    let (stretches, _) = quotation::find(text, &Limits::default());
    let outer = stretches.iter().filter(|stretch| stretch.within.is_none());
    let mut parts: Vec<Span> = outer.flat_map(|stretch| stretch.parts.clone()).collect();
    parts.sort();
    parts
}

fn truths<'a>(article: &'a Article, parts: &[Span]) -> Vec<Truth<'a>> {
    let text = &article.text;
    let mut by_core: HashMap<Span, &Quote> = HashMap::new();
    for quote in article.quotes.iter().filter(|quote| quote.kind != "indirect") {
        by_core.entry(core(text, Span::new(quote.start, quote.end))).or_insert(quote);
    }
    let tell = |part: &Span| {
        let inner = core(text, *part);
        if let Some(quote) = by_core.get(&inner) {
            return Truth::Quote(quote);
        }
        let markup = article.unattributed.iter().filter(|marked| marked.markup);
        let mut markup = markup.map(|marked| Span::new(marked.start, marked.end));
        let mut quotes = article.quotes.iter().map(|quote| Span::new(quote.start, quote.end));
        if markup.any(|span| span.overlaps(*part)) || quotes.any(|span| span.overlaps(*part)) {
            return Truth::Unclear;
        }
        Truth::Nothing
    };
    parts.iter().map(tell).collect()
}

#[derive(Default)]
struct Decisions {
    speaker: Vec<Decision>,
    cue: Vec<Decision>,
    kind: Vec<Decision>,
}

fn decisions(articles: &[&Article], lexicon: &Lexicon) -> Decisions {
    let mut all = Decisions::default();
    for article in articles {
        let text = Text::new(&article.text);
        let parts = parts(&text);
        let truths = truths(article, &parts);
        let most = Limits::DEFAULT.candidates;
        for (choice, truth) in choices(&text, lexicon, &parts, most).iter().zip(&truths) {
            let nobody = choice.spans.len();
            let (right, skip) = match truth {
                Truth::Unclear => continue,
                Truth::Nothing => (vec![nobody + 1], vec![]),
                Truth::Quote(quote) => match speaker(quote) {
                    None => (vec![nobody], vec![]),
                    Some(gold) => {
                        let gold = speaker_of_words(&article.text, choice, gold).unwrap_or(gold);
                        targets(&article.text, &choice.spans, gold)
                    }
                },
            };
            if !right.is_empty() {
                all.speaker.push(Decision::new(&choice.options, SPEAKER, right, skip));
            }
            if let Truth::Quote(quote) = truth {
                let options = [vec![], choice.mixed.clone()];
                all.kind.push(Decision::new(
                    &options,
                    KIND,
                    vec![usize::from(quote.kind == "mixed")],
                    vec![],
                ));
            }
        }
        all.cue.extend(cue_decisions(&text, lexicon, &parts, &truths));
    }
    all
}

/// Decisions made from speech without marks: a stretch of what is said indirectly is taken as if it stood between
/// marks. That it is a quotation is given, so that answer is left out.
fn unmarked(articles: &[&Article], lexicon: &Lexicon, weight: f32) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for article in articles {
        let text = Text::new(&article.text);
        let marked = parts(&text);
        for turn in 0..PASSES {
            let chosen = unmarked_parts(&text, article, &marked, turn);
            let mut all: Vec<(Span, Option<&Quote>)> = marked.iter().map(|part| (*part, None)).collect();
            all.extend(chosen.into_iter().map(|(part, quote)| (part, Some(quote))));
            all.sort_by_key(|(part, _)| *part);
            let spans: Vec<Span> = all.iter().map(|(part, _)| *part).collect();
            let choices = choices(&text, lexicon, &spans, Limits::DEFAULT.candidates);
            for (choice, (_, quote)) in choices.iter().zip(&all) {
                let Some(gold) = quote.and_then(speaker) else { continue };
                let (right, mut skip) = targets(&article.text, &choice.spans, gold);
                if right.is_empty() {
                    continue;
                }
                skip.push(choice.spans.len() + 1);
                let mut decision = Decision::new(&choice.options, SPEAKER, right, skip);
                decision.weight = weight;
                decisions.push(decision);
            }
        }
    }
    decisions
}

/// In how many passes the unmarked stretches are taken, so that few stand in one sentence.
const PASSES: usize = 3;

/// Every so manieth unmarked stretch of an article, cut at random.
fn unmarked_parts<'a>(
    text: &Text<'_>,
    article: &'a Article,
    marked: &[Span],
    turn: usize,
) -> Vec<(Span, &'a Quote)> {
    let mut random = 0x2545_f491_4f6c_dd1d_u64 ^ article.text.len() as u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below.max(1) as u64) as usize
    };
    let mut quotes: Vec<&Quote> = article.quotes.iter().filter(|quote| quote.kind == "indirect").collect();
    quotes.sort_by_key(|quote| quote.start);
    let mut end = 0;
    let mut parts = Vec::new();
    for (index, quote) in quotes.into_iter().enumerate() {
        let (cut, keep) = (next(100), next(100));
        if index % PASSES != turn {
            continue;
        }
        let tokens = text.tokens_in(Span::new(quote.start, quote.end));
        let from = tokens.start + tokens.len() * cut * usize::from(cut < 60) / 100;
        let to = tokens.end - (tokens.end - from) * keep * usize::from(keep < 50) / 100;
        let Some(span) = text.span_of(from..to) else { continue };
        let across = text.tokens().get(from..to).is_none_or(|tokens| {
            tokens.first().map(|token| token.paragraph()) != tokens.last().map(|token| token.paragraph())
        });
        let speaks = speaker(quote).is_some_and(|gold| gold.overlaps(span));
        if span.start < end || across || speaks || marked.iter().any(|part| part.overlaps(span)) {
            continue;
        }
        end = span.end;
        parts.push((span, quote));
    }
    parts
}

fn speaker(quote: &Quote) -> Option<Span> {
    quote.speaker.as_ref()?.span()
}

fn cue_decisions(text: &Text<'_>, lexicon: &Lexicon, parts: &[Span], truths: &[Truth<'_>]) -> Vec<Decision> {
    let is_source = |index: usize, span: Span| match &truths[index] {
        Truth::Quote(quote) => speaker(quote).is_some_and(|gold| same_mention(span, gold)),
        _ => false,
    };
    let choices = cue_choices(text, lexicon, parts, Limits::DEFAULT.candidates, is_source);
    let decision = |(choice, truth): (Option<CueChoice>, &Truth<'_>)| {
        let (Some(choice), Truth::Quote(quote)) = (choice, truth) else { return None };
        let gold = quote.cue.as_ref().and_then(|cue| cue.span())?;
        let right: Vec<usize> =
            (0..choice.spans.len()).filter(|index| choice.spans[*index].overlaps(gold)).collect();
        (!right.is_empty()).then(|| Decision::new(&choice.options, CUE, right, vec![]))
    };
    choices.into_iter().zip(truths).filter_map(decision).collect()
}

/// “…,” X said, according to Y: the annotation has Y, who reports that X said it; the words are those of X.
fn speaker_of_words(text: &str, choice: &Choice, gold: Span) -> Option<Span> {
    let between = text.get(choice.part.end..gold.start)?;
    let said = [" said", " told", " says"].iter().any(|cue| between.contains(cue));
    let reported = between.ends_with("according to ") && !between.contains('\n');
    let mut inner = choice.spans.iter().filter(|span| span.start >= choice.part.end && span.end < gold.start);
    if said && reported { inner.next().copied() } else { None }
}

/// The candidate that fits the annotated mention without its apposition best, and those that only lie in it.
fn targets(text: &str, spans: &[Span], gold: Span) -> (Vec<usize>, Vec<usize>) {
    let head = head(text, gold);
    let fit = |span: &Span| {
        let over = span.end.min(head.end).saturating_sub(span.start.max(head.start));
        (1000 * over) / (span.cover(head).len().max(1))
    };
    let same: Vec<usize> = (0..spans.len()).filter(|index| same_mention(spans[*index], gold)).collect();
    let best = same.iter().map(|index| fit(&spans[*index])).max().unwrap_or(0);
    same.iter().partition(|index| fit(&spans[**index]) == best)
}

/// A mention up to its first comma or relative clause.
fn head(text: &str, mention: Span) -> Span {
    let words = mention.text(text);
    let ends =
        [",", " who ", " which ", " of ", " for ", " in ", " at ", " from ", " on ", " (", " — ", " with "];
    let end = ends.iter().filter_map(|end| words.find(end)).filter(|at| *at > 1).min();
    end.map_or(mention, |end| Span::new(mention.start, mention.start + end))
}

/// The models learned from articles.
pub(crate) fn train(articles: &[&Article], all: &[&Article], cues: &str) -> Models {
    let lexicon = Lexicon::new(cues, ENGLISH_WORDS, None);
    let mut decisions = decisions(articles, &lexicon);
    let number =
        |name: &str, or: f32| std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(or);
    let weight = number("AUG", 0.2);
    if weight > 0.0 {
        decisions.speaker.extend(unmarked(all, &lexicon, weight));
    }
    Models {
        speaker: write(&fit(&decisions.speaker, SPEAKER, number("L2", 2.0), 80)),
        cue: write(&fit(&decisions.cue, CUE, 0.5, 60)),
        kind: write(&fit(&decisions.kind, KIND, 0.5, 60)),
    }
}

#[derive(Default)]
struct Figures {
    gold: [usize; 2],
    predicted: usize,
    span: usize,
    speaker: [usize; 2],
    bins: [(usize, f64, usize); 10],
    reachable: usize,
    kind: usize,
}

/// Learns on all folds but one and counts on that one, for the first `folds` of five.
pub(crate) fn cross_validate(articles: &[Article], all: &[Article], folds: usize) {
    let mut total = Figures::default();
    for fold in 0..folds {
        let held = |index: &usize| index % 5 == fold;
        let rest: Vec<usize> = (0..articles.len()).filter(|index| !held(index)).collect();
        let cues = crate::words::learn(rest.iter().map(|index| &all[*index]));
        let lexicon = Lexicon::new(&cues, ENGLISH_WORDS, None);
        let chosen: Vec<&Article> = rest.iter().map(|index| &articles[*index]).collect();
        let spoken: Vec<&Article> = rest.iter().map(|index| &all[*index]).collect();
        let models = train(&chosen, &spoken, &cues);
        for article in (0..articles.len()).filter(held).map(|index| &articles[index]) {
            count(article, &lexicon, &models, &mut total);
        }
        report(&total);
    }
}

fn score<const SLOTS: usize>(model: &Model<'_, SLOTS>, features: &[Feature]) -> f32 {
    model.score(|sum| features.iter().for_each(|feature| sum.put(*feature)))
}

fn count(article: &Article, lexicon: &Lexicon, models: &Models, figures: &mut Figures) {
    let text = Text::new(&article.text);
    let parts = parts(&text);
    let truths = truths(article, &parts);
    let model = Model::<{ 1 << SPEAKER }>::read(&models.speaker);
    let mixes = Model::<{ 1 << KIND }>::read(&models.kind);
    for quote in &article.quotes {
        figures.gold[usize::from(quote.kind == "mixed")] += 1;
    }
    for (choice, truth) in choices(&text, lexicon, &parts, Limits::DEFAULT.candidates).into_iter().zip(truths)
    {
        let nobody = choice.spans.len();
        let mut scores: Vec<f32> = choice.options.iter().map(|features| score(&model, features)).collect();
        quotetrace::model::softmax(&mut scores);
        let nothing = scores.pop().unwrap_or(0.0);
        let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(nobody);
        let emitted = nothing <= 0.4;
        let quote = match truth {
            Truth::Unclear => continue,
            Truth::Nothing => {
                figures.predicted += usize::from(emitted);
                if emitted {
                    show("extra", &article.text, choice.part, None, choice.spans.get(best).copied(), nothing);
                }
                continue;
            }
            Truth::Quote(quote) => quote,
        };
        let gold = quote.speaker.as_ref().and_then(|speaker| speaker.span());
        figures.reachable +=
            usize::from(gold.is_none_or(|gold| choice.spans.iter().any(|span| same_mention(*span, gold))));
        if !emitted {
            show("dropped", &article.text, choice.part, gold, None, nothing);
            continue;
        }
        figures.predicted += 1;
        figures.span += 1;
        let right = match (choice.spans.get(best), gold) {
            (Some(found), Some(gold)) => same_mention(*found, gold),
            (None, None) => true,
            _ => false,
        };
        figures.speaker[usize::from(quote.kind == "mixed")] += usize::from(right);
        if !right {
            let reachable = gold.is_none_or(|gold| choice.spans.iter().any(|span| same_mention(*span, gold)));
            let kind = if reachable { &quote.kind } else { "unreachable" };
            show(kind, &article.text, choice.part, gold, choice.spans.get(best).copied(), scores[best]);
        }
        let mixed = score(&mixes, &choice.mixed) > 0.0;
        figures.kind += usize::from(mixed == (quote.kind == "mixed"));
        let confidence = scores[best];
        if let Some(bin) = figures.bins.get_mut(((confidence * 10.0) as usize).min(9)) {
            bin.0 += 1;
            bin.1 += f64::from(confidence);
            bin.2 += usize::from(right);
        }
    }
}

/// Prints an error where `SHOW` is set in the environment.
fn show(kind: &str, text: &str, part: Span, gold: Option<Span>, found: Option<Span>, sure: f32) {
    if std::env::var_os("SHOW").is_none() {
        return;
    }
    let mut low = part.start.saturating_sub(350);
    let mut high = (part.end + 350).min(text.len());
    while !text.is_char_boundary(low) {
        low += 1;
    }
    while !text.is_char_boundary(high) {
        high -= 1;
    }
    let words = |span: Option<Span>| span.map_or("-", |span| span.text(text));
    let context = [Span::new(low, part.start).text(text), "<<<", part.text(text), ">>>"].concat();
    println!(
        "ERROR {kind} gold [{}] found [{}] {sure:.2} :: {}{}",
        words(gold),
        words(found),
        context.replace('\n', " ¶ "),
        Span::new(part.end, high).text(text).replace('\n', " ¶ "),
    );
}

fn report(figures: &Figures) {
    let gold: usize = figures.gold.iter().sum();
    let right: usize = figures.speaker.iter().sum();
    let f1 = |hits: usize| 200.0 * hits as f64 / (gold + figures.predicted) as f64;
    let gap: f64 = figures.bins.iter().map(|bin| (bin.1 - bin.2 as f64).abs()).sum();
    println!(
        "gold {gold} reachable {:.2} span F1 {:.2} joint F1 {:.2} recall direct {:.2} mixed {:.2} kind {:.2} ECE {:.2}",
        100.0 * figures.reachable as f64 / gold as f64,
        f1(figures.span),
        f1(right),
        100.0 * figures.speaker[0] as f64 / figures.gold[0] as f64,
        100.0 * figures.speaker[1] as f64 / figures.gold[1] as f64,
        100.0 * figures.kind as f64 / figures.span.max(1) as f64,
        100.0 * gap / figures.span.max(1) as f64,
    );
}
