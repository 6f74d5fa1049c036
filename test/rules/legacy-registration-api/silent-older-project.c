//- driver.c define=NDIS51=1
#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

VOID Register(PNDIS_PROTOCOL_CHARACTERISTICS Chars)
{
    NDIS_STATUS status;

    NdisRegisterProtocol(&status, &ProtocolHandle, Chars, sizeof(*Chars));
}
