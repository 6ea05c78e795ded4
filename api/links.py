"""How a reply leads to the next request, for the description (OpenAPI links)."""

from api.problems import Responses


def leading_to(status: int, parameter: str, *operations: str) -> Responses:
    """Operations whose ``parameter`` is the ``id`` of the reply."""
    links = {
        operation: {"operationId": operation, "parameters": {parameter: "$response.body#/id"}}
        for operation in operations
    }
    return {status: {"links": links}}


def both(some: Responses, others: Responses) -> Responses:
    """Of two descriptions, what either says of each status."""
    return {
        status: {**some.get(status, {}), **others.get(status, {})}
        for status in [*some, *(status for status in others if status not in some)]
    }


BOOK_QUOTE: Responses = {
    201: {
        "links": {
            "create_booking": {
                "operationId": "create_booking",
                "requestBody": {"quote_id": "$response.body#/id"},
            }
        }
    }
}
"""A quote is there to be confirmed."""
