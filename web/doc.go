// Package web (网页) carries the built pages of the browser side, so that one
// binary serves them.
//
// The sources are in src/; npm run build writes dist/, which is embedded. A
// fresh clone has an empty dist and still builds; Built says which it is. With
// the tag noui nothing is embedded.
package web
