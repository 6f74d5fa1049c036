#include <ndis.h>

static NDIS_HANDLE FirstHandle;
static NDIS_HANDLE SecondHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;
PROTOCOL_STATUS_EX ProtocolStatusEx;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    FillCharacteristics(&chars);
    status = NdisRegisterProtocolDriver(NULL, &chars, &FirstHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    // The same table for a second protocol.
    chars.StatusHandlerEx = ProtocolStatusEx;
    if (HasSecondProtocol()) {
        status = NdisRegisterProtocolDriver(NULL, &chars, &SecondHandle);
        if (status != NDIS_STATUS_SUCCESS) {
            NdisDeregisterProtocolDriver(FirstHandle);
            return status;
        }
    }
    NdisZeroMemory(&chars, sizeof(chars));
    chars.MajorNdisVersion = 6; // a scratch variable by now
    Trace(chars.MajorNdisVersion);
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(FirstHandle);
    if (SecondHandle != NULL) {
        NdisDeregisterProtocolDriver(SecondHandle);
    }
}
