// A service behind TLS on loopback whose certificate nobody vouches for, unless it is told to.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace immunobot::server {

// A server that ends TLS with a certificate of its own making; answers every request with "ok".
class SecureServer {
public:
    explicit SecureServer(std::string const& name)
    {
        key_ = EVP_RSA_gen(2048);
        certificate_ = X509_new();
        ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
        X509_set_version(certificate_, 2);
        X509_gmtime_adj(X509_getm_notBefore(certificate_), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate_), 3600);
        X509_set_pubkey(certificate_, key_);
        auto* const subject = X509_get_subject_name(certificate_);
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>("test"), -1, -1, 0);
        X509_set_issuer_name(certificate_, subject);
        auto* const names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + name).c_str());
        X509_add_ext(certificate_, names, -1);
        X509_EXTENSION_free(names);
        X509_sign(certificate_, key_, EVP_sha256());
        std::string path = (std::filesystem::temp_directory_path() / "immunobot-ca-XXXXXX").string();
        auto* const out = fdopen(mkstemp(path.data()), "w");
        PEM_write_X509(out, certificate_);
        std::fclose(out);
        file = path;
        listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(listening_, reinterpret_cast<sockaddr*>(&here), sizeof here);
        ::listen(listening_, 8);
        socklen_t size = sizeof here;
        ::getsockname(listening_, reinterpret_cast<sockaddr*>(&here), &size);
        port = ntohs(here.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~SecureServer()
    {
        ::shutdown(listening_, SHUT_RDWR);
        thread_.join();
        ::close(listening_);
        X509_free(certificate_);
        EVP_PKEY_free(key_);
        std::filesystem::remove(file);
    }
    SecureServer(SecureServer const&) = delete;
    SecureServer& operator=(SecureServer const&) = delete;

    std::string file;
    std::uint16_t port = 0;
    std::atomic<int> answered{0};

private:
    void serve()
    {
        for (int socket = -1; (socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;)
            serve(socket);
    }

    void serve(int socket)
    {
        auto* const context = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(context, certificate_);
        SSL_CTX_use_PrivateKey(context, key_);
        auto* const connection = SSL_new(context);
        SSL_set_fd(connection, socket);
        char piece[4096];
        if (SSL_accept(connection) == 1 && SSL_read(connection, piece, sizeof piece) > 0) {
            std::string const answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
            SSL_write(connection, answer.data(), static_cast<int>(answer.size()));
            SSL_shutdown(connection);
            ++answered;
        }
        SSL_free(connection);
        SSL_CTX_free(context);
        ::close(socket);
    }

    EVP_PKEY* key_ = nullptr;
    X509* certificate_ = nullptr;
    int listening_ = -1;
    std::thread thread_;
};

}  // namespace immunobot::server
