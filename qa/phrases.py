"""The assistant's own words. Everything else that it says is a quotation."""

from __future__ import annotations

NOT_IN_DOCUMENTS = (
    "The documents do not seem to answer this question. The closest passages are shown as such."
)
NOTHING_FOUND = "The documents do not seem to answer this question, and no passage comes close to it."
ABOUT = (
    "This assistant answers questions from the documents that are loaded, in their own words: each "
    "answer is made of quotations, numbered, with the place where they stand, so that every word can "
    "be checked. Where the documents do not answer, it says so. It does not use a language model, and "
    "what you type does not leave this computer. Ask, for example, who, when, how many or why; a "
    "follow-up such as “And in 2016?” is understood from the questions before it."
)
