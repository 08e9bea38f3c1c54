// Calls the echo, so many at once on each of 8 connections, asynchronously on one thread.
//
//   grpc-client --port P [--connections N] [--depth N] [--seconds S] [--server-pid PID]
#include <getopt.h>
#include <grpcpp/grpcpp.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "echo.grpc.pb.h"
#include "measure.h"

namespace {

// As many as the frame of a Slots/Search for one therapist has.
constexpr size_t request_bytes = 120;

struct Asked {
  peers::Echo::Stub *stub;
  grpc::ClientContext context;
  peers::Words reply;
  grpc::Status status;
  std::unique_ptr<grpc::ClientAsyncResponseReader<peers::Words>> reader;
  uint64_t sent_ns;
};

void ask(peers::Echo::Stub &stub, grpc::CompletionQueue &queue, const peers::Words &request) {
  auto *asked = new Asked;
  asked->stub = &stub;
  asked->sent_ns = measure_now_ns();
  asked->reader = stub.AsyncSay(&asked->context, request, &queue);
  asked->reader->Finish(&asked->reply, &asked->status, asked);
}

}  // namespace

int main(int count, char **arguments) {
  const option options[] = {{"port", required_argument, nullptr, 'p'},
                            {"connections", required_argument, nullptr, 'c'},
                            {"depth", required_argument, nullptr, 'd'},
                            {"seconds", required_argument, nullptr, 's'},
                            {"server-pid", required_argument, nullptr, 'w'},
                            {nullptr, 0, nullptr, 0}};
  std::string port;
  int connections = 8, depth = 1, server_pid = 0;
  double seconds = 2;
  for (int found; (found = getopt_long(count, arguments, "", options, nullptr)) != -1;) {
    if (found == 'p') port = optarg;
    if (found == 'c') connections = atoi(optarg);
    if (found == 'd') depth = atoi(optarg);
    if (found == 's') seconds = atof(optarg);
    if (found == 'w') server_pid = atoi(optarg);
  }

  std::vector<std::unique_ptr<peers::Echo::Stub>> stubs;
  for (int place = 0; place < connections; place++) {
    // Without it, channels to the same address share one connection.
    grpc::ChannelArguments own;
    own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    stubs.push_back(peers::Echo::NewStub(
        grpc::CreateCustomChannel("127.0.0.1:" + port, grpc::InsecureChannelCredentials(), own)));
  }
  peers::Words request;
  request.set_words(std::string(request_bytes, 's'));
  grpc::CompletionQueue queue;
  measurement *measure = measure_make(seconds, server_pid);
  for (const auto &stub : stubs)
    for (int call = 0; call < depth; call++) ask(*stub, queue, request);
  void *tag = nullptr;
  for (bool is_whole = false;
       measure_goes_on(measure, measure_now_ns()) && queue.Next(&tag, &is_whole);) {
    const std::unique_ptr<Asked> asked(static_cast<Asked *>(tag));
    if (!asked->status.ok()) give_up("%s", asked->status.error_message().c_str());
    measure_answer(measure, asked->sent_ns, measure_now_ns(), asked->reply.words().size());
    ask(*asked->stub, queue, request);
  }
  measure_print(measure, stdout);
  fflush(stdout);
  // What is in flight is of no more interest.
  _Exit(0);
}
