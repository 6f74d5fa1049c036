#include <ndis.h>

static NDIS_HANDLE MiniportHandle;
static NDIS_SPIN_LOCK AdapterLock;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;
MINIPORT_PAUSE MPPause;

// Handlers of a miniport run after the entry point has returned.
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    chars.PauseHandler = MPPause;
    chars.UnloadHandler = MPUnload;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &MiniportHandle);
    if (status == NDIS_STATUS_SUCCESS) {
        NdisAllocateSpinLock(&AdapterLock);
    }
    return status;
}

NDIS_STATUS MPPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Parameters);
    NdisAcquireSpinLock(&AdapterLock);
    StopSending(Context);
    NdisReleaseSpinLock(&AdapterLock);
    return NDIS_STATUS_SUCCESS;
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(MiniportHandle);
    NdisFreeSpinLock(&AdapterLock);
}
