"""What programs send and get, written down for the description of the interface.

A test holds it against what is really sent (qa.contract).
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Question(BaseModel):
    """A question; further keys are passed over."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"id": "q1", "question": "And in 2016?", "history": ["How was early help judged?"]}
        }
    )

    question: str = Field(description="what is asked, at most 2,000 characters")
    history: list[str] = Field([], description="the earlier questions of the conversation, oldest first")
    id: str | int | None = Field(None, description="comes back with the answer")


class Citation(_Shape):
    """A quotation and where it stands."""

    number: int = Field(description="the n of its [n] in the answer")
    document: str = Field(description="path of the document below the documents folder")
    start: int = Field(description="where the quotation begins, in characters of the document's text")
    end: int = Field(description="where it ends; the character there is no longer part of it")
    quote: str = Field(description="exactly the text from start to end")
    pages: list[int] | None = Field(description="first and last page, from 1; null where there are no pages")
    locator: str = Field(description="its page, or its section and paragraph, in words")
    date: str | None = Field(description="day of publication as YYYY-MM-DD, where it is known")


class Passage(_Shape):
    """A stretch of a document that was found."""

    document: str = Field(description="path of the document below the documents folder")
    start: int = Field(description="where the passage begins, in characters of the document's text")
    end: int = Field(description="where it ends")
    pages: list[int] | None = Field(description="first and last page, from 1; null where there are no pages")
    text: str = Field(description="exactly the text from start to end")
    score: float = Field(description="how well it fits the question; only the order means something")
    found_by: list[str] = Field(description="the parts of the search that found it")


class Answer(_Shape):
    """An answer in quotations, with its citations and the passages behind it."""

    id: str | None = Field(None, description="that of the question, where it had one")
    status: Literal["answered", "partial", "not_in_documents", "about_the_assistant"] = Field(
        description="how far the documents answered"
    )
    answerable: bool = Field(description="whether the documents answered at least a part")
    confidence: float = Field(description="how likely it is that the documents answer, from 0 to 1")
    answer: str = Field(description="the quotations, each followed by the [n] of its citation")
    citations: list[Citation] = Field(description="the quotations, in the order of their numbers")
    passages: list[Passage] = Field(description="the passages that were found, best first")
    searched: str = Field(description="what was really searched, abbreviations written out")
    elapsed_ms: float = Field(description="milliseconds from question to answer")
    missing: list[str] = Field([], description="what was asked and not found, of a partial answer")
    disagreeing: list[int] = Field([], description="numbers of citations that differ about one fact")


class Failure(_Shape):
    """Why there is no answer."""

    error: str = Field(description="one plain sentence: what was found, and what to send instead")


class Health(_Shape):
    """That the server answers."""

    status: Literal["ok"] = Field(description="always the same word")
