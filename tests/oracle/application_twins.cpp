#include "tests/oracle/twin.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>

namespace loopscope::oracle {
namespace {

// What Python writes as one string with values in it.
template <class... Parts>
void say(const Parts&... parts)
{
    std::ostringstream text;
    (text << ... << parts);
    log(text.str());
}

void cancel_all(const std::vector<Task<>>& tasks)
{
    for (const Task<>& task : tasks)
        task.cancel();
}

namespace crawler {

using Links = std::vector<std::string>;

const std::map<std::string, Links>& pages()
{
    static const std::map<std::string, Links> all{
        {"/", {"/a", "/b", "/c"}},
        {"/a", {"/a/1", "/a/2", "/"}},
        {"/b", {"/b/1", "/a", "/broken"}},
        {"/c", {"/c/1", "/c/2", "/c/3"}},
        {"/a/1", {}},
        {"/a/2", {"/c/3"}},
        {"/b/1", {"/flaky"}},
        {"/c/1", {"/b"}},
        {"/c/2", {}},
        {"/c/3", {"/deep"}},
        {"/deep", {"/deep/er"}},
        {"/deep/er", {}},
        {"/flaky", {"/hidden"}},
        {"/hidden", {}},
    };
    return all;
}

double seconds_for(const std::string& url)
{
    static const std::map<std::string, double> slow_or_fast{
        {"/", 0.5}, {"/a", 1.5}, {"/b", 0.75}, {"/c", 2}, {"/flaky", 0.25}};
    const auto found = slow_or_fast.find(url);
    return found == slow_or_fast.end() ? 1 : found->second;
}

class Crawler {
public:
    explicit Crawler(int limit) : limit_(limit) {}

    void add(const std::string& url)
    {
        if (!seen_.insert(url).second)
            return;
        queue_.put_nowait(url);
        say("queued ", url);
    }

    Coro<void> worker()
    {
        for (;;) {
            const std::string url = co_await queue_.get();
            co_await try_finally(visit(url), [this] { queue_.task_done(); });
        }
    }

    Coro<void> join() { return queue_.join(); }
    [[nodiscard]] std::size_t seen() const { return seen_.size(); }
    [[nodiscard]] int most_tries() const
    {
        int most = 0;
        for (const auto& [url, count] : tries_)
            most = std::max(most, count);
        return most;
    }

private:
    Coro<Links> fetch(std::string url)
    {
        const auto block = [&]() -> Coro<Links> {
            say("fetches ", url);
            co_await sleep(seconds_for(url));
            const int tries = ++tries_[url];
            if (url == "/flaky" && tries < 3)
                throw ConnectionError(url + " try " + std::to_string(tries));
            const auto page = pages().find(url);
            if (page == pages().end())
                throw LookupError(url);
            co_return page->second;
        };
        const Links links = co_await async_with(limit_, block());
        co_return links;
    }

    Coro<void> visit(std::string url)
    {
        bool again = false;
        try {
            const Links links = co_await fetch(url);
            say(url, " has ", links.size(), " links");
            for (const std::string& link : links)
                add(link);
        } catch (const ConnectionError& e) {
            say("again later: ", e.what());
            again = true;
        } catch (const LookupError& e) {
            say("no such page: ", e.what());
        }
        if (again) {
            co_await sleep(1);
            queue_.put_nowait(url);
        }
    }

    Queue<std::string> queue_;
    Semaphore limit_;
    std::set<std::string> seen_;
    std::map<std::string, int> tries_;
};

Coro<void> app_crawler_with_limit()
{
    Crawler crawler(2);
    crawler.add("/");
    std::vector<Task<>> workers;
    for (int n = 0; n < 4; ++n)
        workers.push_back(create_task(crawler.worker(), "w" + std::to_string(n)));
    co_await crawler.join();
    say("seen ", crawler.seen(), " pages");
    cancel_all(workers);
    co_await gather(return_exceptions, workers);
    say("slowest retries ", crawler.most_tries());
}

} // namespace crawler

namespace web_server {

class Server {
public:
    Coro<void> handle(int number, std::string path)
    {
        say("#", number, " GET ", path);
        int status = 500;
        Timeout limit = timeout(4);
        const auto in_a_slot = [&]() -> Coro<void> {
            ++active_;
            co_await try_finally(answer(number, path, status), [this] { --active_; });
        };
        try {
            co_await async_with(limit, async_with(slots_, in_a_slot()));
        } catch (const TimeoutError&) {
            status = 504;
        } catch (const ValueError& e) {
            say("#", number, " handler raised ", e.what());
        }
        ++served_[status];
        say("#", number, " ", status);
    }

    [[nodiscard]] int active() const { return active_; }
    [[nodiscard]] const std::map<int, int>& served() const { return served_; }

private:
    static Coro<void> answer(int number, std::string path, int& status)
    {
        status = co_await route(number, path);
    }

    static Coro<int> route(int number, std::string path)
    {
        if (path == "/slow") {
            co_await sleep(10);
        } else if (path == "/db") {
            for (int row = 0; row < 3; ++row) {
                co_await sleep(0.5);
                say("#", number, " row ", row);
            }
        } else if (path == "/cpu") {
            busy(0.6);
            say("#", number, " computed");
        } else if (path == "/bug") {
            co_await sleep(0.25);
            throw ValueError("oops");
        } else if (path != "/") {
            co_return 404;
        }
        co_return 200;
    }

    Semaphore slots_{3};
    int active_ = 0;
    std::map<int, int> served_;
};

// Still stands when main is over.
Coro<void> health(std::shared_ptr<Server> server)
{
    for (;;) {
        co_await sleep(1);
        say("active ", server->active());
    }
}

Coro<void> app_web_server()
{
    const auto server = std::make_shared<Server>();
    const Task<> checking = create_task(health(server), "health");
    const std::vector<std::string> paths{"/",     "/slow", "/db", "/cpu", "/db",   "/bug",
                                         "/none", "/slow", "/",   "/cpu", "/slow", "/db",
                                         "/",     "/bug",  "/db", "/"};
    std::vector<Task<>> tasks;
    for (const std::string& path : paths) {
        const int number = static_cast<int>(tasks.size());
        tasks.push_back(
            create_task(server->handle(number, path), "conn " + std::to_string(number)));
        co_await sleep(0.3);
    }
    co_await wait(tasks);
    checking.cancel();
    for (const auto& [status, times] : server->served())
        say(times, " times ", status);
}

} // namespace web_server

namespace bank {

struct Order {
    std::string source;
    std::string target;
    int amount;
};

class Bank {
public:
    explicit Bank(const std::vector<std::string>& names)
    {
        for (const std::string& name : names) {
            balance_[name] = 100;
            locks_.try_emplace(name);
        }
    }

    Coro<bool> transfer(std::string source, std::string target, int amount)
    {
        say(source, "->", target, " ", amount, " waits");
        const auto [first, second] = std::minmax(source, target);
        Lock& outer = locks_.at(first);
        Lock& inner = locks_.at(second);
        const bool good =
            co_await async_with(outer, async_with(inner, move(source, target, amount)));
        co_return good;
    }

    Coro<void> audit()
    {
        for (auto& [name, lock] : locks_)
            co_await lock.acquire();
        int total = 0;
        for (const auto& [name, amount] : balance_)
            total += amount;
        say("audit: total ", total);
        co_await sleep(0.5);
        for (auto& [name, lock] : locks_)
            lock.release();
    }

    [[nodiscard]] const std::map<std::string, int>& balance() const { return balance_; }

private:
    Coro<bool> move(std::string source, std::string target, int amount)
    {
        say(source, "->", target, " ", amount, " begins");
        if (balance_[source] < amount) {
            say(source, " has only ", balance_[source]);
            co_return false;
        }
        balance_[source] -= amount;
        try {
            co_await sleep(0.3);
        } catch (const CancelledError&) {
            balance_[source] += amount;
            say(source, "->", target, " rolled back");
            throw;
        }
        balance_[target] += amount;
        say(source, "->", target, " ", amount, " ends");
        co_return true;
    }

    std::map<std::string, int> balance_;
    std::map<std::string, Lock> locks_;
};

Coro<void> teller(Bank& bank, std::string name, std::vector<Order> orders, double pause)
{
    int good = 0;
    for (const Order& order : orders) {
        Timeout limit = timeout(1.5);
        try {
            const bool done =
                co_await async_with(limit, bank.transfer(order.source, order.target, order.amount));
            good += done ? 1 : 0;
        } catch (const TimeoutError&) {
            say(name, " gave up on ", order.source, "->", order.target);
        }
        co_await sleep(pause);
    }
    say(name, ": ", good, " of ", orders.size());
}

Coro<void> auditor(Bank& bank)
{
    for (int n = 0; n < 3; ++n) {
        co_await sleep(1);
        co_await bank.audit();
    }
}

Coro<void> app_bank_transfers()
{
    const std::vector<std::string> names{"a", "b", "c", "d"};
    const std::vector<Order> first{
        {"a", "b", 30}, {"b", "c", 60}, {"c", "d", 90}, {"d", "a", 150}, {"a", "c", 10}};
    const std::vector<Order> second{
        {"b", "a", 50}, {"a", "d", 20}, {"d", "b", 40}, {"c", "b", 500}, {"b", "d", 5}};
    const std::vector<Order> third{
        {"c", "a", 25}, {"a", "b", 25}, {"b", "c", 25}, {"c", "a", 25}, {"d", "c", 15}};
    Bank bank(names);
    co_await gather(teller(bank, "t1", first, 0.2), teller(bank, "t2", second, 0.1),
                    teller(bank, "t3", third, 0.4), auditor(bank));
    for (const auto& [name, amount] : bank.balance())
        say(name, " ", amount);
}

} // namespace bank

namespace broker {

struct Key {
    std::string topic;
    int number;
    int subscriber;

    friend auto operator<=>(const Key&, const Key&) = default;
};

struct Message {
    Key key;
    int attempt;
};

class Broker {
public:
    std::shared_ptr<Queue<Message>> subscribe(const std::string& topic)
    {
        auto queue = std::make_shared<Queue<Message>>();
        topics_[topic].push_back(queue);
        return queue;
    }

    void publish(TaskGroup& group, const std::string& topic, int number)
    {
        say("publish ", topic, " ", number);
        const auto& queues = topics_[topic];
        for (int index = 0; index < static_cast<int>(queues.size()); ++index) {
            const std::string name =
                "deliver " + topic + " " + std::to_string(number) + "." + std::to_string(index);
            group.create_task(
                deliver(queues[static_cast<std::size_t>(index)], Key{topic, number, index}), name);
        }
    }

    void acknowledge(const Key& key)
    {
        const Future<void> ack = acks_.at(key);
        if (!ack.done())
            ack.set_result();
        else
            log("acknowledged too late");
    }

    [[nodiscard]] std::size_t given_up() const { return given_up_; }

private:
    Coro<void> deliver(std::shared_ptr<Queue<Message>> queue, Key key)
    {
        for (int attempt = 0; attempt < 3; ++attempt) {
            const Future<void> ack = get_running_loop().create_future();
            acks_[key] = ack;
            queue->put_nowait({key, attempt});
            Timeout limit = timeout(1.5);
            const auto block = [&]() -> Coro<void> { co_await ack; };
            try {
                co_await async_with(limit, block());
                say("acknowledged after ", attempt + 1);
                co_return;
            } catch (const TimeoutError&) {
                say("attempt ", attempt + 1, " timed out");
            }
        }
        ++given_up_;
        log("given up");
    }

    std::map<std::string, std::vector<std::shared_ptr<Queue<Message>>>> topics_;
    std::map<Key, Future<void>> acks_;
    std::size_t given_up_ = 0;
};

// Which messages a subscriber ignores, and how many times.
using Failures = std::map<int, int>;

Coro<void> subscriber(Broker& broker, std::string topic, double seconds, Failures fails_on)
{
    const auto queue = broker.subscribe(topic);
    for (;;) {
        const Message message = co_await queue->get();
        co_await sleep(seconds);
        const int number = message.key.number;
        const auto fails = fails_on.find(number);
        if (fails != fails_on.end() && message.attempt < fails->second) {
            say(topic, " ", number, " ignored");
            continue;
        }
        say(topic, " ", number, " handled");
        broker.acknowledge(message.key);
    }
}

Coro<void> app_message_broker()
{
    Broker broker;
    const Failures never;
    const Failures now_and_then{{1, 1}, {3, 2}};
    const Failures always_the_third{{2, 9}};
    const std::vector<Task<>> readers{
        create_task(subscriber(broker, "news", 0.1, never), "fast"),
        create_task(subscriber(broker, "news", 0.2, now_and_then), "forgetful"),
        create_task(subscriber(broker, "jobs", 1, always_the_third), "slow"),
        create_task(subscriber(broker, "jobs", 0.5, never), "spare"),
    };
    co_await sleep(0);
    TaskGroup group;
    const auto block = [&]() -> Coro<void> {
        for (int number = 0; number < 5; ++number) {
            broker.publish(group, "news", number);
            co_await sleep(0.4);
            broker.publish(group, "jobs", number);
            co_await sleep(0.8);
        }
        log("all published");
    };
    co_await async_with(group, block());
    cancel_all(readers);
    co_await gather(return_exceptions, readers);
    say(broker.given_up(), " given up");
}

} // namespace broker

namespace election {

struct Message {
    std::string kind;
    int term;
    int sender;
};

class Net;

class Node {
public:
    Node(int number, double patience, Net& net) : number_(number), patience_(patience), net_(net) {}

    Coro<void> run();
    void receive(Message message) { inbox_.put_nowait(std::move(message)); }
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] int term() const { return term_; }

private:
    Coro<void> campaign();

    int number_;
    double patience_;
    Net& net_;
    Queue<Message> inbox_;
    int term_ = 0;
    int voted_ = 0;
    bool paused_ = false;
};

class Net {
public:
    void add(double patience)
    {
        const int number = static_cast<int>(nodes_.size());
        nodes_.push_back(std::make_shared<Node>(number, patience, *this));
    }

    void send(int sender, int target, const std::string& kind, int term)
    {
        const double delay = 0.05 + 0.01 * ((sender * 3 + target) % 5);
        const auto node = nodes_[static_cast<std::size_t>(target)]; // messages outlive the net
        get_running_loop().call_later(delay, [=] { node->receive({kind, term, sender}); });
    }

    void send_all(int sender, const std::string& kind, int term)
    {
        for (const auto& node : nodes_)
            if (node->number() != sender)
                send(sender, node->number(), kind, term);
    }

    [[nodiscard]] const std::vector<std::shared_ptr<Node>>& nodes() const { return nodes_; }

private:
    std::vector<std::shared_ptr<Node>> nodes_;
};

Coro<void> Node::run()
{
    for (;;) {
        Timeout limit = timeout(patience_);
        std::optional<Message> message;
        try {
            message = co_await async_with(limit, inbox_.get());
        } catch (const TimeoutError&) {
        }
        if (!message) {
            if (!paused_)
                co_await campaign();
            continue;
        }
        if (paused_ || message->term < term_)
            continue;
        term_ = message->term;
        if (message->kind == "ask" && voted_ < term_) {
            voted_ = term_;
            say("votes for ", message->sender, " in term ", term_);
            net_.send(number_, message->sender, "vote", term_);
        }
    }
}

Coro<void> Node::campaign()
{
    ++term_;
    voted_ = term_;
    say("stands in term ", term_);
    net_.send_all(number_, "ask", term_);
    Timeout limit = timeout(1);
    const auto poll = [&]() -> Coro<void> {
        int votes = 1;
        while (votes < 3) {
            const Message message = co_await inbox_.get();
            if (message.kind == "vote" && message.term == term_)
                ++votes;
        }
    };
    try {
        co_await async_with(limit, poll());
    } catch (const TimeoutError&) {
        log("not elected");
        co_return;
    }
    say("leads term ", term_);
    for (int beat = 0; beat < 4; ++beat) {
        net_.send_all(number_, "beat", term_);
        co_await sleep(1);
        say("beat ", beat);
    }
    paused_ = true;
    log("falls silent");
    co_await sleep(6);
    paused_ = false;
    while (!inbox_.empty())
        (void)inbox_.get_nowait();
    log("is back");
}

Coro<void> app_leader_election()
{
    Net net;
    for (const double patience : {2.2, 1.7, 2.9, 1.9, 3.3})
        net.add(patience);
    std::vector<Task<>> tasks;
    for (const auto& node : net.nodes())
        tasks.push_back(create_task(node->run(), "node " + std::to_string(node->number())));
    co_await sleep(30);
    cancel_all(tasks);
    co_await gather(return_exceptions, tasks);
    int highest = 0;
    for (const auto& node : net.nodes())
        highest = std::max(highest, node->term());
    say("highest term ", highest);
}

} // namespace election

namespace restaurant {

struct Dish {
    std::string name;
    double seconds;
};

struct Order {
    std::string guest;
    Dish dish;
    Future<void> served;
};

struct Restaurant {
    Semaphore tables{3};
    Queue<Order> orders;
    Semaphore stoves{2};
    bool open = true;
};

// The cooks still stand there when main is over.
Coro<void> cook(std::shared_ptr<Restaurant> place)
{
    for (;;) {
        const Order order = co_await place->orders.get();
        say("takes ", order.dish.name, " for ", order.guest);
        const auto cooking = [&]() -> Coro<void> { co_await sleep(order.dish.seconds); };
        co_await async_with(place->stoves, cooking());
        if (order.served.cancelled()) {
            say(order.dish.name, " for ", order.guest, " is thrown away");
        } else {
            order.served.set_result();
            say(order.dish.name, " for ", order.guest, " is ready");
        }
        place->orders.task_done();
    }
}

Coro<void> dine(Restaurant& place, std::string name, double patience, std::vector<Dish> dishes)
{
    if (!place.open) {
        log("too late, the kitchen is closed");
        co_return;
    }
    log("sits down");
    for (const Dish& dish : dishes) {
        const Future<void> served = get_running_loop().create_future();
        place.orders.put_nowait({name, dish, served});
        Timeout limit = timeout(patience);
        const auto eating = [&]() -> Coro<void> {
            co_await served;
            say("eats ", dish.name);
        };
        co_await async_with(limit, eating());
        co_await sleep(1);
    }
    log("pays");
}

Coro<void> sit_down(Restaurant& place, std::string name, double patience, std::vector<Dish> dishes)
{
    try {
        co_await dine(place, name, patience, dishes);
    } catch (const TimeoutError&) {
        log("waited too long for the food");
    }
}

Coro<void> guest(std::shared_ptr<Restaurant> place, std::string name, double patience,
                 std::vector<Dish> dishes)
{
    log("comes");
    Timeout limit = timeout(patience);
    try {
        co_await async_with(limit, place->tables.acquire());
    } catch (const TimeoutError&) {
        log("does not get a table and leaves");
        co_return;
    }
    co_await try_finally(sit_down(*place, name, patience, dishes),
                         [&] { place->tables.release(); });
}

struct Visit {
    double pause;
    double patience;
    std::vector<Dish> dishes;
};

Coro<void> app_restaurant()
{
    const auto place = std::make_shared<Restaurant>();
    std::vector<Task<>> cooks;
    for (int n = 0; n < 3; ++n)
        cooks.push_back(create_task(cook(place), "cook " + std::to_string(n)));
    const Dish soup{"soup", 1};
    const Dish fish{"fish", 2.5};
    const Dish roast{"roast", 4.5};
    const Dish cake{"cake", 0.5};
    const std::vector<Visit> visits{
        {0, 5, {soup, fish, cake}}, {0.2, 6, {soup, roast}}, {0.4, 3, {roast}},
        {0.3, 2, {cake}},           {0.6, 7, {fish, cake}},  {1.5, 8, {soup}},
        {2, 9, {roast, cake}},      {1.1, 3, {soup, fish}},  {3, 12, {cake, soup}},
        {2.5, 9, {fish}},
    };
    std::vector<Task<>> guests;
    for (const Visit& visit : visits) {
        co_await sleep(visit.pause);
        const std::string name = "guest " + std::to_string(guests.size());
        guests.push_back(create_task(guest(place, name, visit.patience, visit.dishes), name));
    }
    co_await sleep(1);
    place->open = false;
    log("closing time");
    co_await gather(guests);
    co_await place->orders.join();
    cancel_all(cooks);
    log("lights out");
}

} // namespace restaurant

namespace warehouse {

struct Warehouse {
    std::map<char, Lock> crossings;
    Semaphore docks{1};
    Barrier shift{4};
};

class Robot {
public:
    Robot(double speed, std::string path, Warehouse& place)
        : speed_(speed), path_(std::move(path)), place_(place)
    {
    }

    Coro<void> run()
    {
        for (int number = 0; number < 2; ++number) {
            for (const char crossing : path_) {
                if (power_ < 4) {
                    co_await async_with(place_.docks, charge());
                    log("charged");
                }
                co_await async_with(place_.crossings[crossing], pass(crossing));
                say("out of ", crossing);
            }
            say("ends shift ", number);
            const int position = co_await place_.shift.wait();
            say("starts anew as ", position);
        }
    }

private:
    Coro<void> pass(char crossing)
    {
        say("in ", crossing);
        co_await sleep(speed_);
        --power_;
    }

    Coro<void> charge()
    {
        say("charges, power ", power_);
        while (power_ < 6) {
            co_await sleep(0.5);
            ++power_;
        }
    }

    double speed_;
    std::string path_;
    Warehouse& place_;
    int power_ = 6;
};

Coro<void> app_warehouse_robots()
{
    Warehouse place;
    std::deque<Robot> robots; // where a robot stays at its place
    robots.emplace_back(1, "ABC", place);
    robots.emplace_back(1.3, "CBA", place);
    robots.emplace_back(0.7, "BD", place);
    robots.emplace_back(0.9, "DCAB", place);
    TaskGroup group;
    const auto block = [&]() -> Coro<void> {
        int number = 0;
        for (Robot& robot : robots)
            group.create_task(robot.run(), "r" + std::to_string(++number));
        co_return;
    };
    co_await async_with(group, block());
    log("the day is over");
}

} // namespace warehouse

namespace live_feed {

// Nothing says that a source is at its end.
using Merged = Queue<std::optional<std::string>>;

struct Batch {
    std::string reason;
    std::vector<std::string> items;
};

Coro<void> source(Merged& merged, std::string name, double pace, int count)
{
    for (int n = 0; n < count; ++n) {
        co_await sleep(pace);
        co_await merged.put(name + std::to_string(n));
        say("sent ", n);
    }
    co_await merged.put(std::nullopt);
}

AsyncGenerator<Batch> batches(Merged& merged, std::size_t sources, std::size_t size, double age)
{
    std::vector<std::string> items;
    std::optional<double> deadline;
    EventLoop& loop = get_running_loop();
    while (sources > 0) {
        std::optional<std::string> item;
        bool too_old = false;
        Timeout limit = timeout_at(deadline);
        try {
            item = co_await async_with(limit, merged.get());
        } catch (const TimeoutError&) {
            too_old = true;
        }
        if (too_old) {
            const Batch batch{"age", std::exchange(items, {})};
            co_yield batch;
            deadline.reset();
            continue;
        }
        if (!item) {
            --sources;
            continue;
        }
        if (items.empty())
            deadline = loop.time() + age;
        items.push_back(*item);
        if (items.size() == size) {
            const Batch batch{"size", std::exchange(items, {})};
            co_yield batch;
            deadline.reset();
        }
    }
    if (!items.empty()) {
        const Batch batch{"end", items};
        co_yield batch;
    }
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

Coro<std::size_t> sink(Merged& merged, std::size_t sources)
{
    std::size_t written = 0;
    AsyncGenerator<Batch> stream = batches(merged, sources, 4, 1.1);
    const auto block = [&]() -> Coro<void> {
        while (const std::optional<Batch> batch = co_await stream.next()) {
            say("batch by ", batch->reason, ": ", joined(batch->items));
            written += batch->items.size();
            co_await sleep(written % 7 == 0 ? 2.5 : 0.2);
            say("written ", written);
        }
    };
    co_await async_with(stream, block());
    co_return written;
}

Coro<void> app_live_feed()
{
    Merged merged(3);
    TaskGroup group;
    Task<std::size_t> writing;
    const auto block = [&]() -> Coro<void> {
        group.create_task(source(merged, "x", 0.3, 20), "x");
        group.create_task(source(merged, "y", 0.7, 12), "y");
        group.create_task(source(merged, "z", 1.9, 6), "z");
        writing = group.create_task(sink(merged, 3), "sink");
        co_return;
    };
    co_await async_with(group, block());
    say("total ", writing.result());
}

} // namespace live_feed

} // namespace

std::vector<Twin> application_twins()
{
    return {
        {"131_app_crawler_with_limit", crawler::app_crawler_with_limit},
        {"132_app_web_server", web_server::app_web_server},
        {"133_app_bank_transfers", bank::app_bank_transfers},
        {"134_app_message_broker", broker::app_message_broker},
        {"135_app_leader_election", election::app_leader_election},
        {"136_app_restaurant", restaurant::app_restaurant},
        {"137_app_warehouse_robots", warehouse::app_warehouse_robots},
        {"138_app_live_feed", live_feed::app_live_feed},
    };
}

} // namespace loopscope::oracle
