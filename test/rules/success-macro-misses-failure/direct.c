#include <ndis.h>

static NDIS_HANDLE MiniportHandle;
static NDIS_HANDLE ProtocolHandle;

PROTOCOL_BIND_ADAPTER_EX PtBindAdapter;

typedef struct _ADAPTER {
    NDIS_STATUS Status;
    NDIS_STRING Name;
    BOOLEAN IsUp;
} ADAPTER, *PADAPTER;

#define SUCCEEDED_WITH(_status) NT_SUCCESS(_status)

NDIS_STATUS StartDevice(PADAPTER Adapter)
{
    Adapter->Status = NdisIMInitializeDeviceInstanceEx(MiniportHandle, &Adapter->Name, Adapter);
    if (NT_SUCCESS(Adapter->Status)) {
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning success-macro-misses-failure: 'NT_SUCCESS' treats 'NDIS_STATUS_NOT_ACCEPTED' of 'NdisIMInitializeDeviceInstanceEx' as success; compare with 'NDIS_STATUS_SUCCESS'
        Adapter->IsUp = TRUE;
    }
    return Adapter->Status;
}

NDIS_STATUS RestartDevice(PADAPTER Adapter)
{
    if (NT_SUCCESS(NdisIMInitializeDeviceInstanceEx(MiniportHandle, &Adapter->Name, Adapter))) {
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning success-macro-misses-failure: 'NT_SUCCESS' treats 'NDIS_STATUS_NOT_ACCEPTED' of 'NdisIMInitializeDeviceInstanceEx' as success; compare with 'NDIS_STATUS_SUCCESS'
        Adapter->IsUp = TRUE;
    }
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS TryDevice(PADAPTER Adapter)
{
    NDIS_STATUS status = NdisIMInitializeDeviceInstanceEx(MiniportHandle, &Adapter->Name, Adapter);

    Adapter->IsUp = SUCCEEDED_WITH(status);
//                  ^^^^^^^^^^^^^^^^^^^^^^ warning success-macro-misses-failure: 'SUCCEEDED_WITH' treats 'NDIS_STATUS_NOT_ACCEPTED' of 'NdisIMInitializeDeviceInstanceEx' as success; compare with 'NDIS_STATUS_SUCCESS'
    return status;
}
