#include <ndis.h>

static NDIS_HANDLE MiniportHandle;

NDIS_STATUS StartDevice(PNDIS_STRING Name, NDIS_HANDLE Context);

NDIS_STATUS StartDevice(PNDIS_STRING Name, NDIS_HANDLE Context)
{
    NDIS_STATUS status = NdisIMInitializeDeviceInstanceEx(MiniportHandle, Name, Context);

    switch (status) {
    case NDIS_STATUS_SUCCESS:
        MarkStarted(Context);
        break;
    default:
        FreeContext(Context);
        break;
    }
    return status == NDIS_STATUS_SUCCESS ? NDIS_STATUS_SUCCESS : NDIS_STATUS_FAILURE;
}

VOID StartAll(PNDIS_STRING Name, NDIS_HANDLE Context)
{
    NDIS_STATUS status = NdisIMInitializeDeviceInstanceEx(MiniportHandle, Name, Context);

    if (status != NDIS_STATUS_SUCCESS) {
        FreeContext(Context);
        return;
    }
    status = OpenAdapter(Context);
    if (NT_SUCCESS(status)) {
        MarkStarted(Context);
    }
}
