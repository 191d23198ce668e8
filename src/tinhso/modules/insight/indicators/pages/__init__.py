"""Pages of the indicators: the board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


def show_board(request: HttpRequest) -> HttpResponse:
    """The board."""
    return render(request, "board.html")


urlpatterns = [path("", show_board, name="board")]
