// Package survey (月报) takes the returns of enterprises: the bureau's own
// forms, and copies of the forms of the statistics system, which are never
// blocked, only flagged, and never re-issued.
//
//	          submit            accept           lock
//	(draft) ─────────▶ submitted ───────▶ accepted ──────▶ locked
//	                    │   ▲               │  ▲ correct (with reason)
//	             return ▼   │ submit        └──┘
//	                  returned
//
// A draft is private to its writer and lies outside the versions. Figures read
// the newest accepted or locked version, so that a total does not move while
// somebody is correcting.
package survey
