#pragma once

// The one include a program needs, as `import asyncio` is in Python.

#include "core/asyncio/coro.h"
#include "core/asyncio/errors.h"
#include "core/asyncio/event_loop.h"
#include "core/asyncio/future.h"
#include "core/asyncio/gather.h"
#include "core/asyncio/network.h"
#include "core/asyncio/sleep.h"
#include "core/asyncio/task.h"
#include "core/asyncio/work.h"
