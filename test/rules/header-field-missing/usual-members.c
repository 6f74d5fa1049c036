#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE DeviceHandle;
static PDEVICE_OBJECT DeviceObject;

NDIS_STATUS RegisterProtocol(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.BindAdapterHandlerEx = ProtBindAdapter;
    chars.UnbindAdapterHandlerEx = ProtUnbindAdapter;
    chars.OpenAdapterCompleteHandlerEx = ProtOpenAdapterComplete;
    chars.CloseAdapterCompleteHandlerEx = ProtCloseAdapterComplete;
    chars.NetPnPEventHandler = ProtNetPnPEvent;
    chars.OidRequestCompleteHandler = ProtOidRequestComplete;
    chars.StatusHandlerEx = ProtStatus;
    chars.ReceiveNetBufferListsHandler = ProtReceiveNetBufferLists;
    chars.SendNetBufferListsCompleteHandler = ProtSendNetBufferListsComplete;

    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    //                                      ^^^^^^ warning header-field-missing: 'chars.Name' is never set before 'NdisRegisterProtocolDriver'
}

NDIS_STATUS RegisterDevice(PUNICODE_STRING DeviceName)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes = {0};

    attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.DeviceName = DeviceName;

    return NdisRegisterDeviceEx(DriverHandle, &attributes, &DeviceObject, &DeviceHandle);
    //                                        ^^^^^^^^^^^ warning header-field-missing: 'attributes.SymbolicName' and 'attributes.MajorFunctions' are never set before 'NdisRegisterDeviceEx'
}
