// Package account (人员与权限) says who somebody is and what they may do: accounts
// and their passwords, sessions, persons, and the grants of roles, posts and reach.
//
// An account exists by the system administrator, may something by the security
// administrator, and is watched by the audit administrator. No account holds two
// of these three duties, none of the three sees the business, and nobody grants
// himself anything. An account without a grant in force may nothing and sees
// nothing; so does one whose password must be changed first.
//
// A grant is a version of the record account:grant/ID, so that who could see what
// on a day stays known. Names, phones and ID numbers lie in the table person only
// and never in a version, an audit entry or a login. Everything that happens to an
// account puts its audit entry into the same transaction; no password, token or
// secret is in one.
//
// Passwords are hashed with argon2id outside the transaction, since all writers
// wait for the one that is in it, and at most two at a time, since each takes
// 19 MiB. A login that does not exist costs the same and is answered the same as
// a wrong password or a locked account.
//
// Limits: one factor only. The rate of signing in is kept in memory, by process;
// the lock after wrong passwords is in the database.
//
// Locks: the mutexes of the random source and of a limiter; none is taken under another.
package account
