// Package api (接口) is the county over HTTP: one file a room, each of which
// decodes a request, calls the room and encodes its answer. It knows no rule and
// no SQL; who may do what, and who sees what, is decided in the rooms below.
//
// Typed inputs and outputs are the OpenAPI document (gongmai openapi), from which
// the web's client is made. JSON carries decimals as strings, days as 2025-11-22,
// periods as 2025-11 or 2025-01..11, instants as RFC 3339 in UTC; a list is never
// null. An error is application/problem+json with one Chinese sentence.
//
// An operation is open, wants somebody signed in, or wants somebody with a reach:
// the administrators have none and see nothing of the business.
package api
