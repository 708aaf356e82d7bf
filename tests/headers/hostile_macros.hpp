#pragma once

// Macros that well-known headers define, and that a program may have when it includes ours. Their
// expansions are wrong on purpose.
#define SEGMENT_HOSTILE(...) = "a macro of somebody else's" =

// windows.h, winnt.h, wingdi.h, winsock2.h
#define min(a, b) SEGMENT_HOSTILE()
#define max(a, b) SEGMENT_HOSTILE()
#define near SEGMENT_HOSTILE()
#define far SEGMENT_HOSTILE()
#define small SEGMENT_HOSTILE()
#define interface SEGMENT_HOSTILE()
#define DELETE SEGMENT_HOSTILE()
#define ERROR SEGMENT_HOSTILE()
#define NO_ERROR SEGMENT_HOSTILE()
#define OPTIONAL SEGMENT_HOSTILE()
#define STRICT SEGMENT_HOSTILE()
#define CONST SEGMENT_HOSTILE()
#define IN SEGMENT_HOSTILE()
#define OUT SEGMENT_HOSTILE()
#define ABSOLUTE SEGMENT_HOSTILE()
#define RELATIVE SEGMENT_HOSTILE()
#define GetMessage SEGMENT_HOSTILE()
#define GetObject SEGMENT_HOSTILE()
#define SendMessage SEGMENT_HOSTILE()

// X11/X.h, X11/Xlib.h
#define Always SEGMENT_HOSTILE()
#define None SEGMENT_HOSTILE()
#define Status SEGMENT_HOSTILE()
#define Success SEGMENT_HOSTILE()
#define True SEGMENT_HOSTILE()
#define False SEGMENT_HOSTILE()
#define Bool SEGMENT_HOSTILE()

// Qt
#define emit SEGMENT_HOSTILE()
#define foreach SEGMENT_HOSTILE()
#define forever SEGMENT_HOSTILE()
#define signals SEGMENT_HOSTILE()
#define slots SEGMENT_HOSTILE()

// AssertMacros.h, sys/sysmacros.h and the compilers
#define check(condition) SEGMENT_HOSTILE()
#define major(device) SEGMENT_HOSTILE()
#define minor(device) SEGMENT_HOSTILE()
#define linux 1
#define unix 1
#define TRUE 1
#define FALSE 0
#define DEBUG 1
#define EMPTY SEGMENT_HOSTILE()
