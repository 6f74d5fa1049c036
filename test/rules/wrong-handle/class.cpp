#include <ndis.h>

static NDIS_HANDLE DriverHandle;

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" MINIPORT_INITIALIZE MPInitialize;
extern "C" MINIPORT_HALT MPHalt;
extern "C" MINIPORT_UNLOAD MPUnload;

class Adapter {
public:
    explicit Adapter(NDIS_HANDLE handle) : m_Handle(handle) {}
    NDIS_STATUS Connect();
    void Disconnect();

private:
    NDIS_HANDLE m_Handle;
    NDIS_HANDLE m_Interrupt = nullptr;
};

static Adapter *TheAdapter;

NDIS_STATUS Adapter::Connect()
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS chars;

    FillInterrupt(&chars);
    return NdisMRegisterInterruptEx(m_Handle, this, &chars, &m_Interrupt);
}

void Adapter::Disconnect()
{
    NdisMDeregisterInterruptEx(DriverHandle);
    //                         ^^^^^^^^^^^^ error wrong-handle: expects the handle written by 'NdisMRegisterInterruptEx' ('m_Interrupt'), not 'DriverHandle'
}

extern "C" NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.InitializeHandlerEx = MPInitialize;
    chars.HaltHandlerEx = MPHalt;
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, nullptr, &chars, &DriverHandle);
}

extern "C" NDIS_STATUS MPInitialize(NDIS_HANDLE Handle, NDIS_HANDLE Context, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    TheAdapter = MakeAdapter(Handle);
    SetAttributes(Handle, TheAdapter);
    return TheAdapter->Connect();
}

extern "C" VOID MPHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Action);
    TheAdapter->Disconnect();
}

extern "C" VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}
