"""How the service is spoken to: GraphQL over HTTP and WebSocket, limits, pages. Decides nothing about the business."""
