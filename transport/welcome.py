"""What the terminal shows once the server can be reached: where it is, and in development who may try it and how."""

QUERY = '{ jobOffers(criteria: {text: "infirmière"}, first: 3) { totalCount edges { node { number title { fr en } } } } }'
DEMONSTRATION = """
Demonstration accounts, all with the password placement-demo:
  candidate@example.org    employer@example.org    newemployer@example.org    agent@example.org
A first query, to paste into another terminal:
  curl -s {address}/graphql -H 'Content-Type: application/json' \\
    -d '{{"query": "{query}"}}'
"""


def welcome(address: str, *, demonstration: bool) -> str:
    told = f"\nOnline Placement is at {address} (GraphQL and its explorer: {address}/graphql). Stop it with Ctrl+C.\n"
    if not demonstration:
        return told
    return told + DEMONSTRATION.format(address=address, query=QUERY.replace('"', '\\"'))
