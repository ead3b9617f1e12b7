#pragma once

#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace loopscope {

/// Thrown at the await of a task that was asked to stop. Not a std::exception, for the reason
/// Python moved it out of Exception: a handler for ordinary errors must not swallow it.
class CancelledError {
public:
    CancelledError() = default;
    explicit CancelledError(std::string message) : message_(std::move(message)) {}
    [[nodiscard]] const std::string& message() const { return message_; }

private:
    std::string message_;
};

/// Python's Exception: has a type name as Python prints it, and a message that may be empty.
class Exception : public std::exception {
public:
    Exception() = default;
    explicit Exception(std::string message) : message_(std::move(message)) {}
    [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }
    [[nodiscard]] virtual std::string type() const { return "Exception"; }

private:
    std::string message_;
};

// One type for each of Python's names that programs here use, in Python's own hierarchy.
#define LOOPSCOPE_EXCEPTION(NAME, BASE) \
    class NAME : public BASE { \
    public: \
        using BASE::BASE; \
        [[nodiscard]] std::string type() const override { return #NAME; } \
    };

LOOPSCOPE_EXCEPTION(ValueError, Exception)
LOOPSCOPE_EXCEPTION(TypeError, Exception)
LOOPSCOPE_EXCEPTION(ArithmeticError, Exception)
LOOPSCOPE_EXCEPTION(ZeroDivisionError, ArithmeticError)
LOOPSCOPE_EXCEPTION(LookupError, Exception)
LOOPSCOPE_EXCEPTION(KeyError, LookupError)
LOOPSCOPE_EXCEPTION(IndexError, LookupError)
LOOPSCOPE_EXCEPTION(RuntimeError, Exception)
LOOPSCOPE_EXCEPTION(RecursionError, RuntimeError)
LOOPSCOPE_EXCEPTION(OSError, Exception)
LOOPSCOPE_EXCEPTION(ConnectionError, OSError)
LOOPSCOPE_EXCEPTION(BrokenPipeError, ConnectionError)
LOOPSCOPE_EXCEPTION(ConnectionRefusedError, ConnectionError)
LOOPSCOPE_EXCEPTION(ConnectionResetError, ConnectionError)
LOOPSCOPE_EXCEPTION(TimeoutError, OSError)
LOOPSCOPE_EXCEPTION(AssertionError, Exception)
LOOPSCOPE_EXCEPTION(StopAsyncIteration, Exception)

/// Asking or setting a future in the wrong state.
LOOPSCOPE_EXCEPTION(InvalidStateError, Exception)
LOOPSCOPE_EXCEPTION(QueueEmpty, Exception)
LOOPSCOPE_EXCEPTION(QueueFull, Exception)
LOOPSCOPE_EXCEPTION(QueueShutDown, Exception)
LOOPSCOPE_EXCEPTION(BrokenBarrierError, RuntimeError)
LOOPSCOPE_EXCEPTION(EOFError, Exception)

#undef LOOPSCOPE_EXCEPTION

/// Nothing can ever wake this program. Only a virtual clock can know: real asyncio sleeps for ever.
class Deadlock : public std::exception {
public:
    explicit Deadlock(std::vector<std::string> waiting) : waiting_(std::move(waiting)) {}
    /// Names of the tasks that have not ended, in the order of their creation.
    [[nodiscard]] const std::vector<std::string>& waiting() const { return waiting_; }
    [[nodiscard]] const char* what() const noexcept override { return "nothing can ever wake this program"; }

private:
    std::vector<std::string> waiting_;
};

/// Python's type name and message of any exception; "CancelledError" for a cancellation. Exceptions
/// of the C++ library go by the nearest of Python's names.
struct ErrorText {
    std::string type;
    std::string message;
};
[[nodiscard]] ErrorText describe_error(const std::exception_ptr& error);

/// Requires an error.
[[nodiscard]] bool is_cancellation(const std::exception_ptr& error);

} // namespace loopscope
