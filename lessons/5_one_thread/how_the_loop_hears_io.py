# How the loop hears the network.
#
# A loop that sleeps is woken by the operating system: when a timer is due, or when something has
# come for one of its sockets. Bytes that come go into a buffer, and the coroutine that reads goes on
# only when what it asked for is complete.


def strip(line):
    return line.decode().strip()


#@ story
import asyncio

#@ function main
async def main():
    reader, writer = await asyncio.open_connection("server", 80)  #@ connect
    line = await reader.readline()  #@ readline
    print("got", strip(line))  #@ got
    writer.close()

asyncio.run(main())

#@ function listen
async def listen(host):
    reader, writer = await asyncio.open_connection(host, 80)  #@ listen connect
    line = await reader.readline()  #@ listen readline
    print("got", strip(line))  #@ listen got
    writer.close()

#@ function main_three_sockets
HOSTS = ["a.example",
         "b.example",
         "c.example"]

async def main_three_sockets(hosts=HOSTS):
    tasks = []
    for host in hosts:
        tasks.append(asyncio.create_task(listen(host)))  #@ listen create
    for task in tasks:
        await task  #@ listen await

asyncio.run(main_three_sockets())

#@ function remind
async def remind(delay):
    await asyncio.sleep(delay)  #@ remind
    print("timer")  #@ reminded

#@ function main_timer_and_socket
async def main_timer_and_socket(delay=0.4):
    reader, writer = await asyncio.open_connection("server", 80)  #@ both connect
    timer = asyncio.create_task(remind(delay))  #@ both timer
    line = await reader.readline()  #@ both readline
    print("got", strip(line))  #@ both got
    writer.close()
    await timer  #@ both await

asyncio.run(main_timer_and_socket())

#@ function main_polling
async def main_polling(period=0.05):
    reader, writer = await asyncio.open_connection("server", 80)  #@ poll connect
    line = asyncio.create_task(reader.readline())  #@ poll readline
    while not line.done():
        await asyncio.sleep(period)  #@ poll
    print("got", strip(line.result()))  #@ poll got
    writer.close()

asyncio.run(main_polling())

#@ end


def start(variant, values, network):
    """Sets the stage and gives the variant's main coroutine, as in the C++ file."""
    arrivals = [values["arrival_1"], values["arrival_2"], values["arrival_3"]]
    if variant == "three-sockets":
        for host, moment, line in zip(HOSTS, arrivals, [b"red\n", b"green\n", b"blue\n"]):
            network.set_pieces(host, 80, [(moment, line)])
        return main_three_sockets()
    pieces = [b"red ", b"green ", b"blue"]
    pieces[values["newline"] - 1] += b"\n"
    network.set_pieces("server", 80, list(zip(arrivals, pieces)))
    if variant == "timer-and-socket":
        return main_timer_and_socket(values["timer"])
    if variant == "polling":
        return main_polling(values["period"])
    return main()
