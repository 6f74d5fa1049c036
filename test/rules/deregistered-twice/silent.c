#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static NDIS_HANDLE SecondHandle;
static BOOLEAN IsRegistered;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;
VOID CleanUp(VOID);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    FillCharacteristics(&chars);
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    IsRegistered = TRUE;
    FillCharacteristics(&chars);
    status = NdisRegisterProtocolDriver(NULL, &chars, &SecondHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        CleanUp();
        CleanUp(); // the flag is down
    }
    return status;
}

VOID CleanUp(VOID)
{
    if (IsRegistered) {
        NdisDeregisterProtocolDriver(ProtocolHandle);
        IsRegistered = FALSE;
    }
    if (SecondHandle != NULL) {
        NdisDeregisterProtocolDriver(SecondHandle);
        SecondHandle = NULL;
    }
    if (SecondHandle != NULL) {
        NdisDeregisterProtocolDriver(SecondHandle);
    }
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    CleanUp();
}
